import { type AuditFacet, type AuditListRow, auditSource, countAuditBy } from "@/db/queries/audit-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { auditList } from "./audit";
import { actionInWords, jobInWords, subjectInWords } from "./audit-words";
import { serve } from "./served";

export const servedAudit = serve<typeof auditList, AuditListRow>({
  list: auditList,
  allowed: (viewer) => can(actorOf(viewer), "audit.read"),
  source: (values) => auditSource(values),
  counts: (db, filter, values) => countAuditBy(db, filter as AuditFacet, values),
  cells: (row) => ({
    at: new Date(row.at).toISOString(),
    actor: row.actorName ?? jobInWords(row.actorJob ?? ""),
    actingAs: row.actingAsName,
    action: actionInWords(row.action),
    subject:
      row.subjectId === null ? subjectInWords(row.subjectType) : `${subjectInWords(row.subjectType)} ${row.subjectId}`,
    label: row.label,
    request: row.requestId,
    ip: row.ip,
  }),
  headers: { at: "When (UTC)" },
});
