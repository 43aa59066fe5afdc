import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, SyncOutcomeKind, SyncStudentSortKey } from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { containsPattern, shownEnrolment } from "./fragments";
import { countByValue, type FacetCount, type ListSource, listPage } from "./list";
import { holdsToday, seesRun, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

export type SyncStudentConditions = {
  q: string;
  state?: ConnectionStatus | null;
  batch?: number | null;
  /**
   * Those behind a run's outcomes, connected or no more, in place of everybody with a link: of any kind and reason where
   * these are null; an empty reason is none given. Without a run, kind and reason ask for nothing.
   */
  run?: number | null;
  outcome?: SyncOutcomeKind | null;
  reason?: string | null;
};

export type SyncStudentFilters = SyncStudentConditions & { sort: Sort<SyncStudentSortKey>; page: number; size: number };

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

function isBehind(run: number, { outcome, reason }: SyncStudentConditions): SQL {
  const parts = [sql`o.run_id = ${run}`, sql`o.user_id = u.id`];
  if (outcome) parts.push(sql`o.kind = ${outcome}`);
  if (reason !== null && reason !== undefined) parts.push(sql`coalesce(o.reason, '') = ${reason}`);
  return sql`exists (select from sync_outcome o where ${sql.join(parts, sql` and `)})`;
}

/** The batches of today of the user `u`. */
const batchesOfToday = sql`
  student st
  join enrolment en on en.student_id = st.id
  join batch b on b.id = en.batch_id and ${holdsToday}`;

function conditions(filters: SyncStudentConditions, looker: Looker): SQL {
  const { q, state, batch, run } = filters;
  const parts = [sql`u.role = 'student'`, seesStudent(looker, sql`u.id`)];
  parts.push(run ? isBehind(run, filters) : sql`u.wakatime_status is not null`);
  if (state) parts.push(sql`u.wakatime_status = ${state}`);
  if (batch) parts.push(sql`exists (select from ${batchesOfToday} where st.user_id = u.id and b.id = ${batch})`);
  // search_text has the trigram index; the address in it is not to be searched here.
  if (q) parts.push(sql`u.search_text like ${containsPattern(q)} and search_fold(u.name) like ${containsPattern(q)}`);
  return sql`where ${sql.join(parts, sql` and `)}`;
}

/**
 * `/admin/sync/students`: the page's ids along idx_user_name or idx_connection_synced, then the batch and the last
 * outcome of those few rows (idx_enrolment_student, idx_sync_outcome_user).
 */
export function syncStudentSource(
  filters: SyncStudentConditions & { sort: Sort<SyncStudentSortKey> },
  looker: Looker,
): ListSource {
  const { key, descending } = filters.sort;
  const bySync = {
    // Never synced is the oldest there is.
    key: descending ? sql`c.last_synced_at` : sql`c.last_synced_at nulls first`,
    keyJoins: filters.run
      ? sql`left join connection c on c.user_id = u.id`
      : sql`join connection c on c.user_id = u.id`,
  };
  return {
    from: sql`"user" u`,
    where: conditions(filters, looker),
    id: sql`u.id`,
    ...(key === "synced" ? bySync : { key: sql`lower(u.name)`, keyNeverNull: true }),
    descending,
    details: sql`
      join "user" u on u.id = picked.id
      left join connection c on c.user_id = u.id
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(sql`now()`)} on true
      left join lateral (
        select o.kind from sync_outcome o where o.user_id = u.id order by o.id desc limit 1
      ) last on true`,
    row: sql`json_build_object('id', u.id, 'name', u.name, 'batchName', e.batch_name, 'enrolmentStatus', e.status,
      'status', c.status, 'brokenAt', c.broken_at, 'lastSyncedAt', c.last_synced_at, 'lastError', c.last_error,
      'lastOutcome', last.kind)`,
  };
}

type Named = {
  batchName: string | null;
  /** When the run of the filter started; null without one, or without one that the looker may see. */
  runStartedAt: string | null;
};

/** One page with the exact total and what the filters are called, in one statement. */
export const listSyncStudents = (db: Db, filters: SyncStudentFilters, looker: Looker) =>
  listPage<SyncStudentRow, Named>(
    db,
    syncStudentSource(filters, looker),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName",
      (select to_json(r.started_at) #>> '{}' from sync_run r where r.id = ${filters.run ?? null} and ${seesRun(looker)})
        as "runStartedAt"`,
  );

export type SyncStudentFacet = "state" | "batch";

/** How many of those that the other filters leave have which value of `facet`. */
export function countSyncStudentsBy(
  db: Db,
  facet: SyncStudentFacet,
  filters: SyncStudentConditions,
  looker: Looker,
): Promise<FacetCount[]> {
  const from = { from: sql`"user" u`, where: conditions({ ...filters, [facet]: null }, looker) };
  return facet === "state"
    ? countByValue(db, from, { value: sql`u.wakatime_status` })
    : countByValue(db, from, {
        value: sql`b.id`,
        label: sql`b.name`,
        joins: sql`join lateral (select b.id, b.name from ${batchesOfToday} where st.user_id = u.id) b on true`,
      });
}
