import { getDb } from "@/db/client";
import { listOpenV1Sessions } from "@/db/queries/demo-session-api";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";

/** Bare, as v1 has it: what a student may still sign up for or come to, whoever else signed up. */
export const GET = apiRoute("signed-in", async ({ viewer }) => {
  if (!can(actorOf(viewer), "signup.change")) return apiError(failure("forbidden", "Only students sign up."));
  return apiBare(await listOpenV1Sessions(getDb(), viewer.id, new Date()));
});
