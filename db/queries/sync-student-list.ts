import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, SyncOutcomeKind, SyncStudentSortKey } from "@/db/enums";
import { containsPattern, shownEnrolment } from "./fragments";
import type { Page } from "./page";
import { holdsToday, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

export type SyncStudentFilters = {
  page: number;
  pageSize: number;
  q: string;
  state: ConnectionStatus | null;
  batch: number | null;
  sort: SyncStudentSortKey;
  descending: boolean;
};

export type SyncStudentRow = {
  id: number;
  name: string;
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  status: ConnectionStatus;
  brokenAt: string | null;
  lastSyncedAt: string | null;
  lastError: string | null;
  lastOutcome: SyncOutcomeKind | null;
};

function conditions({ q, state, batch }: SyncStudentFilters, looker: Looker): SQL {
  const parts = [sql`u.role = 'student'`, seesStudent(looker, sql`u.id`)];
  if (state) parts.push(sql`c.status = ${state}`);
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

/**
 * One page of `/admin/sync/students` with the exact total, in one statement: the page's ids, then the batch and the
 * last outcome of those few rows (idx_enrolment_student, idx_sync_outcome_user).
 */
export async function listSyncStudents(
  db: Db,
  filters: SyncStudentFilters,
  looker: Looker,
): Promise<Page<SyncStudentRow> & { batchName: string | null }> {
  const from = sql`from connection c join "user" u on u.id = c.user_id where ${conditions(filters, looker)}`;
  const key = filters.sort === "synced" ? sql`c.last_synced_at` : sql`lower(u.name)`;
  // Never synced is the oldest there is.
  const direction = filters.descending ? sql`desc nulls last` : sql`asc nulls first`;
  const order = sql`${key} ${direction}, u.id ${filters.descending ? sql`desc` : sql`asc`}`;
  const [row] = await db.execute<{ total: number; batchName: string | null; rows: SyncStudentRow[] }>(sql`
    with picked as (
      select u.id, row_number() over (order by ${order}) as place ${from}
      order by ${order}
      limit ${filters.pageSize} offset ${(filters.page - 1) * filters.pageSize}
    )
    select (select count(*)::int ${from}) as total,
      (select name from batch where id = ${filters.batch}) as "batchName", coalesce((
      select json_agg(json_build_object('id', u.id, 'name', u.name, 'batchName', e.batch_name,
        'enrolmentStatus', e.status, 'status', c.status,
        'brokenAt', c.broken_at, 'lastSyncedAt', c.last_synced_at, 'lastError', c.last_error,
        'lastOutcome', last.kind) order by picked.place)
      from picked
      join "user" u on u.id = picked.id
      join connection c on c.user_id = u.id
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(sql`now()`)} on true
      left join lateral (
        select o.kind from sync_outcome o where o.user_id = u.id order by o.id desc limit 1
      ) last on true
    ), '[]') as rows`);
  if (!row) throw new Error("the students statement returned no row");
  return { ...row, page: filters.page, pageSize: filters.pageSize };
}
