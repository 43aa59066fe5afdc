import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncRunStatus } from "@/db/enums";
import type { SyncScope } from "@/db/queries/sync-subjects";
import { syncRun } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import type { DateWindow } from "@/lib/wakatime/window";
import { recordAudit } from "./audit";

/** Trailing local days up to each user's today, or a fixed range of dates. */
export type RunWindow = { days: number } | DateWindow;

type NewRun = { key: string; scope: SyncScope; window: RunWindow; startedAt: Date };

/**
 * Writes the row of a run, once per key. Call it in the transaction that enqueues its work: the run exists before any
 * work does, and not without it. A run of one user needs no planning. `created` is false when the occasion has its
 * run already.
 */
export async function createSyncRun(
  tx: Db,
  actor: Actor,
  { key, scope, window, startedAt }: NewRun,
): Promise<{ runId: number; created: boolean }> {
  const [inserted] = await tx
    .insert(syncRun)
    .values({
      key,
      ...(actor.type === "user" ? { actorUserId: actor.id } : { actorJob: actor.job }),
      scopeBatchId: scope.batchId,
      scopeUserId: scope.userId,
      ...("days" in window ? { windowDays: window.days } : { windowStart: window.from, windowEnd: window.to }),
      ...(scope.userId ? { usersTotal: 1, plannedAt: startedAt } : {}),
      startedAt,
    })
    .onConflictDoNothing({ target: syncRun.key })
    .returning({ id: syncRun.id });
  if (inserted) {
    await recordAudit(tx, actor, {
      action: "sync.start",
      subjectType: "sync_run",
      subjectId: inserted.id,
      label: key,
      after: { ...scope, window },
    });
    return { runId: inserted.id, created: true };
  }
  const [existing] = await tx.execute<{ id: number }>(sql`select id from sync_run where key = ${key}`);
  if (!existing) throw new Error(`The sync run "${key}" vanished while it was being started.`);
  return { runId: existing.id, created: false };
}

/** What the outcomes of a run say so far; `closed` when this very count ended it. */
export type Tally = {
  status: SyncRunStatus;
  closed: boolean;
  /** Users whom WakaTime was asked about: all but the skipped. */
  attempted: number;
  /** Of those, whose access WakaTime refused to renew, or kept refusing. */
  refused: number;
  /** Of the refused, those whose old access token still worked. */
  bridged: number;
  /** Users whose access was renewed in this run. */
  renewed: number;
};

/**
 * Brings the run's counters to what its outcomes say, and closes it when every planned user has one. Derived, never
 * added up: a chunk that is done twice counts once. Of two tallies at the same time the fuller one stays. Also the
 * run's sign of life: `updated_at` moves.
 */
export async function tallySyncRun(db: Db, runId: number, now: Date): Promise<Tally | null> {
  const finished = sql`old.status = 'running' and r.planned_at is not null and t.done >= r.users_total`;
  const [row] = await db.execute<Tally>(sql`
    update sync_run r set
      users_done = t.done, users_ok = t.ok, users_failed = t.failed,
      days_written = t.written, days_unchanged = t.unchanged, days_unavailable = t.unavailable,
      status = case when ${finished} then 'completed'::sync_run_status else r.status end,
      finished_at = case when ${finished} then ${now.toISOString()}::timestamptz else r.finished_at end,
      updated_at = now()
    from (select id, status from sync_run where id = ${runId} for update) old,
    (
      select count(*)::int as done, count(*) filter (where kind = 'ok')::int as ok,
        count(*) filter (where kind not in ('ok', 'skipped'))::int as failed,
        coalesce(sum(days_written), 0)::int as written, coalesce(sum(days_unchanged), 0)::int as unchanged,
        coalesce(sum(days_unavailable), 0)::int as unavailable,
        count(*) filter (where kind <> 'skipped')::int as attempted,
        count(*) filter (where kind = 'needs_reconnect')::int as refused,
        count(*) filter (where kind = 'needs_reconnect' and days_written + days_unchanged > 0)::int as bridged,
        count(*) filter (where token_renewed)::int as renewed
      from sync_outcome where run_id = ${runId}
    ) t
    where r.id = old.id and old.status = 'running' and t.done >= r.users_done
    returning r.status, r.status <> old.status as closed, t.attempted, t.refused, t.bridged, t.renewed`);
  return row ?? null;
}

/** Whether another tally of a running run is at work, or was a moment ago. */
export async function isTalliedLately(tx: Db, runId: number): Promise<boolean> {
  const [run] = await tx.execute<{ lately: boolean; status: SyncRunStatus }>(sql`
    select status, updated_at > now() - interval '1500 milliseconds' as lately
    from sync_run where id = ${runId} for update skip locked`);
  return !run || (run.status === "running" && run.lately);
}

/** Ends a running run as failed; false when it had ended already. */
export async function failSyncRun(
  tx: Db,
  runId: number,
  { error, now }: { error: string; now: Date },
): Promise<boolean> {
  const ended = await tx.execute(sql`
    update sync_run set status = 'failed', error = ${error}, finished_at = ${now.toISOString()}::timestamptz,
      updated_at = now()
    where id = ${runId} and status <> 'failed'
    returning id`);
  return ended.length > 0;
}

/** Notes that all of the run's users are known and handed out. */
export async function markSyncPlanned(tx: Db, runId: number, usersTotal: number, now: Date): Promise<void> {
  await tx.execute(sql`
    update sync_run set users_total = ${usersTotal}, planned_at = ${now.toISOString()}::timestamptz, updated_at = now()
    where id = ${runId}`);
}

/** One planning at a time in the whole academy, until the transaction ends; then says whether there is anything to plan. */
export async function lockSyncPlanning(tx: Db, runId: number) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('sync.plan'))`);
  const [run] = await tx.execute<{ batch_id: number | null; user_id: number | null }>(sql`
    select scope_batch_id as batch_id, scope_user_id as user_id
    from sync_run where id = ${runId} and status = 'running' and planned_at is null
    for update`);
  return run ? { batchId: run.batch_id, userId: run.user_id } : null;
}

/**
 * Closes runs that nothing has moved for `hours`: their jobs died for good, and nobody else would say so. While another
 * run moves they may be waiting in line behind it, and are left alone.
 */
export async function closeStalledSyncRuns(db: Db, now: Date, hours: number): Promise<void> {
  const long = sql`${now.toISOString()}::timestamptz - make_interval(hours => ${hours}::int)`;
  await db.execute(sql`
    update sync_run set status = 'failed', error = 'Nothing moved for ' || ${hours}::text || ' hours.',
      finished_at = ${now.toISOString()}::timestamptz, updated_at = now()
    where status = 'running' and updated_at < ${long}
      and not exists (select from sync_run other where coalesce(other.finished_at, other.updated_at) >= ${long} and other.users_done > 0)`);
}

/** Outcomes older than `days`, at most `limit` of them (idx_sync_outcome_created); returns how many went. */
export async function deleteOldSyncOutcomes(
  db: Db,
  now: Date,
  { days, limit }: { days: number; limit: number },
): Promise<number> {
  const gone = await db.execute(sql`
    delete from sync_outcome where id in (
      select id from sync_outcome
      where created_at < ${now.toISOString()}::timestamptz - make_interval(days => ${days})
      order by created_at limit ${limit})
    returning id`);
  return gone.length;
}
