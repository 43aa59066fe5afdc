import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import {
  type ConnectionStatus,
  type EnrolmentStatus,
  roles,
  type SyncOutcomeKind,
  type SyncStudentSortKey,
} from "@/db/enums";
import { containsPattern, shownEnrolment } from "./fragments";
import type { Page } from "./page";
import { holdsToday, seesRun, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

export type SyncStudentFilters = {
  page: number;
  pageSize: number;
  q: string;
  state: ConnectionStatus | null;
  batch: number | null;
  /** Those behind a run's outcomes, of any kind and reason where these are null; an empty reason is none given. */
  behind: { run: number; outcome: SyncOutcomeKind | null; reason: string | null } | null;
  sort: SyncStudentSortKey;
  descending: boolean;
};

export type SyncStudentRow = {
  id: number;
  name: string;
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  /** Null for somebody behind a run's outcome who is connected no more. */
  status: ConnectionStatus | null;
  brokenAt: string | null;
  lastSyncedAt: string | null;
  lastError: string | null;
  lastOutcome: SyncOutcomeKind | null;
};

export type SyncStudentPage = Page<SyncStudentRow> & {
  batchName: string | null;
  /** When the run of the filter started; null without one, or without one that the looker may see. */
  runStartedAt: string | null;
};

function isBehind({ run, outcome, reason }: NonNullable<SyncStudentFilters["behind"]>): SQL {
  const parts = [sql`o.run_id = ${run}`, sql`o.user_id = u.id`];
  if (outcome) parts.push(sql`o.kind = ${outcome}`);
  if (reason !== null) parts.push(sql`coalesce(o.reason, '') = ${reason}`);
  return sql`exists (select from sync_outcome o where ${sql.join(parts, sql` and `)})`;
}

function conditions({ q, state, batch, behind }: SyncStudentFilters, looker: Looker): SQL {
  const parts = [sql`u.role = 'student'`, seesStudent(looker, sql`u.id`)];
  if (state) parts.push(sql`c.status = ${state}`);
  if (behind) parts.push(isBehind(behind));
  if (batch) {
    parts.push(sql`exists (
      select from student st
      join enrolment en on en.student_id = st.id
      join batch b on b.id = en.batch_id and ${holdsToday}
      where st.user_id = u.id and b.id = ${batch})`);
  }
  // search_text has the trigram index; the address in it is not to be searched here.
  if (q) parts.push(sql`u.search_text like ${containsPattern(q)} and search_fold(u.name) like ${containsPattern(q)}`);
  return sql.join(parts, sql` and `);
}

const otherRoles = sql.raw(
  roles
    .filter((role) => role !== "student")
    .map((role) => `'${role}'`)
    .join(", "),
);

/**
 * How many there are. Of everybody, or of a state: all links less the few that are not a student's, which needs no
 * look at each of the others.
 */
function count(filters: SyncStudentFilters, looker: Looker, from: SQL): SQL {
  if (looker.role !== "admin" || filters.q || filters.batch || filters.behind)
    return sql`(select count(*)::int ${from})`;
  const state = filters.state ? sql`c.status = ${filters.state}` : sql`true`;
  return sql`((select count(*) from connection c where ${state}) - (
    select count(*) from "user" u join connection c on c.user_id = u.id
    where u.role in (${otherRoles}) and ${state}))::int`;
}

/**
 * One page of `/admin/sync/students` with the exact total, in one statement: the page's ids along idx_user_name or
 * idx_connection_synced, then the batch and the last outcome of those few rows (idx_enrolment_student,
 * idx_sync_outcome_user).
 */
export async function listSyncStudents(db: Db, filters: SyncStudentFilters, looker: Looker): Promise<SyncStudentPage> {
  const { behind } = filters;
  const links = behind ? sql`left join connection c` : sql`join connection c`;
  const from = sql`from "user" u ${links} on c.user_id = u.id where ${conditions(filters, looker)}`;
  const direction = filters.descending ? sql`desc` : sql`asc`;
  // Never synced is the oldest there is.
  const synced = filters.descending ? sql`c.last_synced_at desc nulls last` : sql`c.last_synced_at asc nulls first`;
  const order =
    filters.sort === "synced"
      ? sql`${synced}, ${behind ? sql`u.id` : sql`c.user_id`} ${direction}`
      : sql`lower(u.name) ${direction}, u.id ${direction}`;
  const [row] = await db.execute<Omit<SyncStudentPage, "page" | "pageSize">>(sql`
    with picked as (
      select u.id ${from}
      order by ${order}
      limit ${filters.pageSize} offset ${(filters.page - 1) * filters.pageSize}
    )
    select ${count(filters, looker, from)} as total,
      (select name from batch where id = ${filters.batch}) as "batchName",
      (select to_json(r.started_at) #>> '{}' from sync_run r where r.id = ${behind?.run ?? null} and ${seesRun(looker)}) as "runStartedAt",
      coalesce((
        select json_agg(json_build_object('id', u.id, 'name', u.name, 'batchName', e.batch_name,
          'enrolmentStatus', e.status, 'status', c.status,
          'brokenAt', c.broken_at, 'lastSyncedAt', c.last_synced_at, 'lastError', c.last_error,
          'lastOutcome', last.kind) order by ${order})
        from picked
        join "user" u on u.id = picked.id
        left join connection c on c.user_id = u.id
        left join student st on st.user_id = u.id
        left join ${shownEnrolment(sql`now()`)} on true
        left join lateral (
          select o.kind from sync_outcome o where o.user_id = u.id order by o.id desc limit 1
        ) last on true
      ), '[]') as rows`);
  if (!row) throw new Error("the students statement returned no row");
  return { ...row, page: filters.page, pageSize: filters.pageSize };
}
