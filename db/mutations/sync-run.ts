import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncScope } from "@/db/queries/sync-subjects";
import { syncRun } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { recordAudit } from "./audit";

type NewRun = { key: string; scope: SyncScope; windowDays: number; startedAt: Date };

/**
 * Writes the row of a run, once per key. Call it in the transaction that enqueues the planning: the run exists before
 * any work does, and not without it. `created` is false when the occasion has its run already.
 */
export async function createSyncRun(
  tx: Db,
  actor: Actor,
  { key, scope, windowDays, startedAt }: NewRun,
): Promise<{ runId: number; created: boolean }> {
  const [inserted] = await tx
    .insert(syncRun)
    .values({
      key,
      ...(actor.type === "user" ? { actorUserId: actor.id } : { actorJob: actor.job }),
      scopeBatchId: scope.batchId,
      scopeUserId: scope.userId,
      windowDays,
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
      after: { ...scope, windowDays },
    });
    return { runId: inserted.id, created: true };
  }
  const [existing] = await tx.execute<{ id: number }>(sql`select id from sync_run where key = ${key}`);
  if (!existing) throw new Error(`The sync run "${key}" vanished while it was being started.`);
  return { runId: existing.id, created: false };
}

/**
 * Brings the run's counters to what its outcomes say, and closes it when every planned user has one. Derived, never
 * added up: a chunk that is done twice counts once. Of two tallies at the same time the fuller one stays.
 */
export async function tallySyncRun(db: Db, runId: number, now: Date): Promise<void> {
  const finished = sql`r.planned_at is not null and t.done >= r.users_total`;
  await db.execute(sql`
    update sync_run r set
      users_done = t.done, users_ok = t.ok, users_failed = t.failed,
      days_written = t.written, days_unchanged = t.unchanged, days_unavailable = t.unavailable,
      status = case when ${finished} then 'completed'::sync_run_status else r.status end,
      finished_at = case when ${finished} then ${now.toISOString()}::timestamptz end,
      updated_at = now()
    from (
      select count(*)::int as done, count(*) filter (where kind = 'ok')::int as ok,
        count(*) filter (where kind not in ('ok', 'skipped'))::int as failed,
        coalesce(sum(days_written), 0)::int as written, coalesce(sum(days_unchanged), 0)::int as unchanged,
        coalesce(sum(days_unavailable), 0)::int as unavailable
      from sync_outcome where run_id = ${runId}
    ) t
    where r.id = ${runId} and r.status = 'running' and t.done >= r.users_done`);
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

/** Closes runs that nothing has moved for `hours`: their jobs died for good, and nobody else would say so. */
export async function closeStalledSyncRuns(db: Db, now: Date, hours: number): Promise<void> {
  await db.execute(sql`
    update sync_run set status = 'failed', error = 'Nothing moved for ' || ${hours}::text || ' hours.',
      finished_at = ${now.toISOString()}::timestamptz, updated_at = now()
    where status = 'running' and updated_at < ${now.toISOString()}::timestamptz - make_interval(hours => ${hours})`);
}
