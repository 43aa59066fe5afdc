import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncRunScope, SyncRunState } from "@/db/enums";
import { countByValue, type ListSource } from "./list";
import { syncRunState } from "./sync-run-state";
import { runNumbers, seesRun } from "./sync-scope";
import type { Looker } from "./user-list";

export type SyncRunConditions = { scope?: SyncRunScope | null };
export type SyncRunFilters = SyncRunConditions & { sort: { descending: boolean }; page: number; size: number };

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

/** The runs on `/admin/sync`, in their order by idx_sync_run_started. */
export const syncRunSource = (
  { scope, sort }: SyncRunConditions & { sort: { descending: boolean } },
  looker: Looker,
): ListSource => ({
  from: sql`sync_run r`,
  where: sql`where ${seesRun(looker)} and ${scope ? SCOPES[scope] : sql`true`}`,
  id: sql`r.id`,
  key: sql`r.started_at`,
  keyNeverNull: true,
  descending: sort.descending,
  details: sql`
    join sync_run r on r.id = picked.id
    ${runNames}
    cross join ${runNumbers(looker)}`,
  row: sql`json_build_object(${runFactsJson}, ${runNumbersJson})`,
});

/** How many of the runs that somebody sees are of whom. */
export const countSyncRunsByScope = (db: Db, looker: Looker) =>
  countByValue(db, syncRunSource({ sort: { descending: true } }, looker), {
    value: sql`case when ${SCOPES.student} then 'student' when ${SCOPES.batch} then 'batch' else 'everybody' end`,
  });
