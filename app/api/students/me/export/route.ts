import { z } from "zod";
import { getDb } from "@/db/client";
import { getOwnData } from "@/db/queries/own-data";
import { apiError, apiRoute, readQuery } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { limitOwnExport } from "@/lib/auth/limits";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { exportFormats, exportJson, exportZip } from "@/lib/privacy/export-files";

const query = z.object({ format: z.enum(exportFormats).default("json") });

/**
 * All that is stored of the signed-in student, as a file. Its owner's alone: not of whoever views as them. Whose account is
 * to be deleted may take it along as whatever they are by now: the mail of the last day says so.
 */
export const GET = apiRoute("signed-in", async ({ request, viewer }) => {
  const isTheirs = can(actorOf(viewer), "privacy.change") || viewer.deletionDueAt !== null;
  if (!isTheirs || viewer.viewedBy) {
    return apiError(failure("forbidden", "Students download their own data, and nobody else does."));
  }
  const asked = readQuery(request, query);
  if (!asked.ok) return apiError(asked);
  const db = getDb();
  const limited = await limitOwnExport(db, viewer.id);
  if (limited) return apiError(limited);
  const content = { ...(await getOwnData(db, viewer.id)), exportedAt: new Date() };
  const zipped = asked.data.format === "csv";
  const name = `my-data-${content.exportedAt.toISOString().slice(0, 10)}`;
  return new Response(zipped ? await exportZip(content) : exportJson(content), {
    headers: {
      "Content-Type": zipped ? "application/zip" : "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.${zipped ? "zip" : "json"}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
