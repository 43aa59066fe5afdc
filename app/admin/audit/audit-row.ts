import type { AuditListRow } from "@/db/queries/audit-list";
import { formatAgo, formatInstant } from "@/lib/format";
import { actionInWords, jobInWords, subjectInWords, subjectPage } from "@/lib/lists/audit-words";
import type { AuditRow } from "./audit-table-columns";

/** A row of the query in the words of the table. */
export function toAuditRow(row: AuditListRow, now: Date): AuditRow {
  const at = new Date(row.at);
  return {
    id: row.id,
    at: { iso: at.toISOString(), exact: formatInstant(at), ago: formatAgo(at, now) },
    actor: row.actorName ?? jobInWords(row.actorJob ?? "unknown"),
    isJob: row.actorId === null,
    actingAs: row.actingAsName,
    action: actionInWords(row.action),
    subject: subjectInWords(row.subjectType),
    subjectPage: subjectPage(row),
    label: row.label,
    request: row.requestId,
    ip: row.ip,
  };
}
