import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { academyZone } from "./fragments";
import { countByValue, type FacetCount, type ListSource, listPage } from "./list";

export type AuditConditions = {
  action?: string | null;
  /** The kind of thing that was changed. */
  subject?: string | null;
  /** A user's id, or `job:` and its name. */
  actor?: string | null;
  /** Days of the academy's own calendar, both included. */
  from?: string | null;
  to?: string | null;
};

export type AuditListRow = {
  id: number;
  at: string;
  actorId: number | null;
  actorName: string | null;
  actorJob: string | null;
  actingAsName: string | null;
  action: string;
  subjectType: string;
  subjectId: number | null;
  label: string;
  requestId: string | null;
  ip: string | null;
};

export type AuditEvent = AuditListRow & {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

const byActor = (actor: string): SQL =>
  actor.startsWith("job:")
    ? sql`a.actor_user_id is null and a.actor_job = ${actor.slice("job:".length)}`
    : sql`a.actor_user_id = ${Number(actor)}`;

/** The first instant of a day in the academy's zone. */
const beginOf = (day: string, plus = 0): SQL =>
  sql`((${day}::date + ${plus}::int)::timestamp at time zone ${academyZone})`;

export function auditConditions({ action, subject, actor, from, to }: AuditConditions): SQL {
  const parts: SQL[] = [];
  if (action) parts.push(sql`a.action = ${action}`);
  if (subject) parts.push(sql`a.subject_type = ${subject}`);
  if (actor) parts.push(byActor(actor));
  if (from) parts.push(sql`a.at >= ${beginOf(from)}`);
  if (to) parts.push(sql`a.at < ${beginOf(to, 1)}`);
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

const rowColumns = sql`
  'id', a.id, 'at', a.at, 'actorId', a.actor_user_id, 'actorName', u.name, 'actorJob', a.actor_job,
  'actingAsName', w.name, 'action', a.action, 'subjectType', a.subject_type, 'subjectId', a.subject_id,
  'label', a.label, 'requestId', a.request_id, 'ip', host(a.ip)`;

const people = sql`left join "user" u on u.id = a.actor_user_id left join "user" w on w.id = a.acting_as`;

/**
 * `/admin/audit`. Ids come in order by idx_audit_event_at, or where one of them narrows by idx_audit_event_action,
 * _subject or _actor; all of them can be read without the table.
 */
export const auditSource = (filters: AuditConditions & { sort: { descending: boolean } }): ListSource => ({
  from: sql`audit_event a`,
  where: auditConditions(filters),
  id: sql`a.id`,
  key: sql`a.at`,
  keyNeverNull: true,
  descending: filters.sort.descending,
  details: sql`join audit_event a on a.id = picked.id ${people}`,
  row: sql`json_build_object(${rowColumns})`,
});

type Filters = AuditConditions & { sort: { descending: boolean }; page: number; size: number };

/** One page with the exact total, and the name of the person that is filtered by, in one statement. */
export function listAudit(db: Db, filters: Filters) {
  const id = filters.actor && !filters.actor.startsWith("job:") ? Number(filters.actor) : null;
  return listPage<AuditListRow, { actorName: string | null }>(
    db,
    auditSource(filters),
    filters,
    sql`(select name from "user" where id = ${id}) as "actorName"`,
  );
}

/** One event with what was before and after. */
export async function getAuditEvent(db: Db, id: number): Promise<AuditEvent | null> {
  const [row] = await db.execute<{ event: AuditEvent }>(sql`
    select json_build_object(${rowColumns}, 'before', a.before, 'after', a.after) as event
    from audit_event a ${people}
    where a.id = ${id}`);
  return row?.event ?? null;
}

export type AuditFacet = "action" | "subject" | "actor" | "from" | "to";

/**
 * How many events have which value. People are offered as far as they are staff: everybody who ever signed up has
 * events of their own, and a menu of all of them would be the users list again.
 */
export async function countAuditBy(db: Db, facet: AuditFacet, filters: AuditConditions): Promise<FacetCount[]> {
  const source = auditSource({ ...filters, [facet]: null, sort: { descending: true } });
  if (facet === "action") return countByValue(db, source, { value: sql`a.action` });
  if (facet === "subject") return countByValue(db, source, { value: sql`a.subject_type` });
  if (facet !== "actor") return [];
  const { where } = source;
  const narrowed = Boolean(filters.action || filters.subject);
  const and = (condition: SQL) =>
    narrowed || filters.from || filters.to ? sql`${where} and ${condition}` : sql`where ${condition}`;
  // All that somebody did is counted in idx_audit_event_actor; of one action or kind of subject, in one pass over it.
  const people = narrowed
    ? sql`
      select u.id::text as value, u.name as label, n.count
      from (
        select a.actor_user_id, count(*)::int as count
        from audit_event a ${and(sql`a.actor_user_id is not null`)} group by a.actor_user_id
      ) n
      join "user" u on u.id = n.actor_user_id
      where u.role in ('admin', 'instructor')`
    : sql`
      select u.id::text as value, u.name as label, n.count
      from "user" u
      cross join lateral (select count(*)::int as count from audit_event a ${and(sql`a.actor_user_id = u.id`)}) n
      where u.role in ('admin', 'instructor') and n.count > 0`;
  const rows: FacetCount[] = await db.execute<FacetCount>(sql`
    select * from (
      ${people}
      union all
      select 'job:' || a.actor_job, a.actor_job, count(*)::int
      from audit_event a
      ${and(sql`a.actor_user_id is null`)}
      group by a.actor_job
    ) counted
    order by count desc, label`);
  return rows.map((row) => ({ ...row }));
}
