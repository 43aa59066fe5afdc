import { getDb } from "@/db/client";
import { judgeRoster } from "@/db/queries/roster";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { digestOf } from "@/lib/roster/digest";
import { dryRunOf } from "@/lib/roster/dry-run";
import { readRoster } from "@/lib/roster/read";
import { readUpload } from "../upload";

/** The dry run: what an import of this file would do with every row. Writes nothing. */
export const POST = apiRoute("staff", async ({ request, viewer }) => {
  if (!can(actorOf(viewer), "user.import")) return apiError(failure("forbidden", "Only admins import people."));
  const upload = await readUpload(request);
  if (!upload.ok) return apiError(upload);
  const roster = readRoster(upload.data.bytes, upload.data.read);
  if (!roster.ok) return apiError(roster);
  const { file, rows } = roster.data;
  const judged = await judgeRoster(getDb(), rows, upload.data.batchId);
  return apiBare(dryRunOf(file, judged, digestOf(judged)));
});
