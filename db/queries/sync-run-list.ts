import { type SQL, sql } from "drizzle-orm";
import type { SyncRunScope, SyncRunState } from "@/db/enums";
import { syncRunState } from "./sync-run-state";
import { runNumbers, seesRun } from "./sync-scope";
import type { Looker } from "./user-list";

export type SyncRunFilters = {
  page: number;
  pageSize: number;
  scope: SyncRunScope | null;
  descending: boolean;
};

/** What a run is, without its numbers. */
export type SyncRunFacts = {
  id: number;
  state: SyncRunState;
  isNightly: boolean;
  /** Who asked: a person, else a job by its name. */
  actorName: string | null;
  actorJob: string | null;
  batchName: string | null;
  studentName: string | null;
  windowDays: number | null;
  windowStart: string | null;
  windowEnd: string | null;
  startedAt: string;
  finishedAt: string | null;
};

/** Users of the run; for an instructor their own students only. */
export type SyncRunNumbers = {
  total: number;
  done: number;
  ok: number;
  failed: number;
  skipped: number;
  daysWritten: number;
};

export type SyncRunListRow = SyncRunFacts & SyncRunNumbers;

/** Keys and values of SyncRunFacts for json_build_object; needs `runNames`. */
export const runFactsJson: SQL = sql`
  'id', r.id, 'state', ${syncRunState}, 'isNightly', starts_with(r.key, 'nightly:'), 'actorName', actor.name,
  'actorJob', r.actor_job, 'batchName', scope_batch.name, 'studentName', scope_user.name, 'windowDays', r.window_days,
  'windowStart', r.window_start, 'windowEnd', r.window_end, 'startedAt', r.started_at, 'finishedAt', r.finished_at`;

export const runNames: SQL = sql`
  left join "user" actor on actor.id = r.actor_user_id
  left join batch scope_batch on scope_batch.id = r.scope_batch_id
  left join "user" scope_user on scope_user.id = r.scope_user_id`;

export const runNumbersJson: SQL = sql`
  'total', n.total, 'done', n.done, 'ok', n.ok, 'failed', n.failed, 'skipped', n.skipped, 'daysWritten', n.days_written`;

const SCOPES: Record<SyncRunScope, SQL> = {
  everybody: sql`r.scope_batch_id is null and r.scope_user_id is null`,
  batch: sql`r.scope_batch_id is not null`,
  student: sql`r.scope_user_id is not null`,
};

/** `total` and `rows` of one page of the runs, as a select along idx_sync_run_started. */
export function syncRunsSelect(filters: SyncRunFilters, looker: Looker): SQL {
  const where = sql`where ${seesRun(looker)} and ${filters.scope ? SCOPES[filters.scope] : sql`true`}`;
  const direction = filters.descending ? sql`desc` : sql`asc`;
  return sql`
    with picked as (
      select r.* from sync_run r ${where}
      order by r.started_at ${direction}, r.id ${direction}
      limit ${filters.pageSize} offset ${(filters.page - 1) * filters.pageSize}
    )
    select (select count(*)::int from sync_run r ${where}) as total, coalesce((
      select json_agg(json_build_object(${runFactsJson}, ${runNumbersJson}) order by r.started_at ${direction}, r.id ${direction})
      from picked r
      ${runNames}
      cross join ${runNumbers(looker)}
    ), '[]') as rows`;
}
