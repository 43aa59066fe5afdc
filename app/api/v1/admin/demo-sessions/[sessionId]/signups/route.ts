import { getDb } from "@/db/client";
import { listV1SessionSignups } from "@/db/queries/demo-signup-api";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { pathId } from "@/lib/api-v1-demo";
import { failure } from "@/lib/errors";

/** Bare, as v1 has it, in the order of the day. */
export const GET = apiRoute("staff", async ({ params, viewer }) => {
  const id = pathId(params.sessionId, "session_id");
  if (!id.ok) return apiError(id);
  const signups = await listV1SessionSignups(getDb(), id.data, viewer);
  return signups ? apiBare(signups) : apiError(failure("not_found", "There is no such demo session."));
});
