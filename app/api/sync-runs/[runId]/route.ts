import { z } from "zod";
import { getDb } from "@/db/client";
import { getSyncRunProgress } from "@/db/queries/sync-run-detail";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { failure } from "@/lib/errors";

const runId = z.coerce.number().int().min(1).max(2_147_483_647);

/** How far a run is: what its page asks for while it is open. */
export const GET = apiRoute("staff", async ({ params, viewer }) => {
  const id = runId.safeParse(params.runId);
  if (!id.success) {
    return apiError(failure("invalid", "A run id is a whole number.", { fields: { run_id: "integer" } }));
  }
  const progress = await getSyncRunProgress(getDb(), id.data, viewer);
  return progress ? apiBare(progress) : apiError(failure("not_found", "There is no such run."));
});
