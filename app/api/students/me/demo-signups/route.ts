import { getDb } from "@/db/client";
import { listOwnV1Signups } from "@/db/queries/demo-signup-api";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";

/** Bare, as v1 has it. What was withdrawn stays, as cancelled. */
export const GET = apiRoute("signed-in", async ({ viewer }) => {
  if (!can(actorOf(viewer), "signup.change")) return apiError(failure("forbidden", "Only students sign up."));
  return apiBare(await listOwnV1Signups(getDb(), viewer));
});
