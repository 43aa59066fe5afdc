import { getDb } from "@/db/client";
import { importRoster } from "@/db/mutations/roster";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";
import { digestOf } from "@/lib/roster/digest";
import { dryRunOf } from "@/lib/roster/dry-run";
import { readRoster } from "@/lib/roster/read";
import { readUpload } from "../upload";

/** Does what the dry run showed, or, when things have changed since, shows a new one and does nothing. */
export const POST = apiRoute("staff", async ({ request, viewer }) => {
  const actor = actorOf(viewer);
  if (!can(actor, "user.import")) return apiError(failure("forbidden", "Only admins import people."));
  const upload = await readUpload(request);
  if (!upload.ok) return apiError(upload);
  const { bytes, read, batchId, digest = "", label, invite } = upload.data;
  const roster = readRoster(bytes, read);
  if (!roster.ok) return apiError(roster);
  const { file, rows } = roster.data;
  const db = getDb();
  const link = invite ? () => newLink("invite") : null;
  const result = await importRoster(db, actor, { rows, batchId, digest, label, newLink: link });
  if (!result.ok) return apiError(result);
  if (result.data.outcome === "applied") {
    if (result.data.invited > 0 || result.data.counts.changed > 0) await askToSend(db);
    return apiBare(result.data);
  }
  const { outcome, judged } = result.data;
  return apiBare({ outcome, dryRun: dryRunOf(file, judged, digestOf(judged)) });
});
