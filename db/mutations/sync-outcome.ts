import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncOutcomeKind } from "@/db/enums";
import { relaxed } from "@/db/queries/fragments";
import type { DateString } from "@/lib/dates";

/** How one user's sync ended. The days are those of the window that were answered, or that the plan withheld. */
export type SyncOutcome = {
  kind: SyncOutcomeKind;
  daysWritten: number;
  daysUnchanged: number;
  daysUnavailable: number;
  /** Why nothing, or not everything, could be done; null when all is well. Never a secret. */
  reason: string | null;
  /** Whether WakaTime renewed the access token; null when it was not asked to. */
  tokenRenewed: boolean | null;
  /** As of when the user's days are known now; null when their today was not read. */
  freshAsOf: Date | null;
  /** The person's fresh token was refused: after several runs in a row that counts as a refusal. */
  freshTokenRefused?: boolean;
};

/** Runs in a row that may end in a refused fresh token before the person is asked to reconnect. */
const REFUSALS_BEFORE_RECONNECT = 5;

export type FinishedSync = {
  userId: number;
  runId?: number | undefined;
  leaseOwner: string;
  outcome: SyncOutcome;
};

/**
 * One statement for any number of users: outcomes go to their run (once), freshness to the connections, and the leases
 * back. It does not break a link: whether a refusal is the person's or everybody's is known when the run ends
 * (`breakRefusedLinks`). The order of the users keeps two of these from waiting for each other in a circle.
 */
export async function finishUserSyncs(db: Db, finished: FinishedSync[]): Promise<void> {
  const done = finished.map(({ userId, runId, leaseOwner, outcome }) => ({
    user_id: userId,
    run_id: runId ?? null,
    lease_owner: leaseOwner,
    synced_at: outcome.freshAsOf,
    kind: outcome.kind,
    written: outcome.daysWritten,
    unchanged: outcome.daysUnchanged,
    unavailable: outcome.daysUnavailable,
    reason: outcome.reason,
    renewed: outcome.tokenRenewed,
    fresh_refused: outcome.freshTokenRefused ?? false,
  }));
  await db.execute(sql`
    with done as materialized (
      select d.* from ${relaxed}, jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as d(
        user_id int, run_id int, lease_owner text, synced_at timestamptz, kind text, written int, unchanged int,
        unavailable int, reason text, renewed boolean, fresh_refused boolean)
    ),
    link as materialized (
      select c.user_id, c.lease_owner, c.consecutive_failures from connection c
      where c.user_id in (select user_id from done) order by c.user_id for update
    ),
    recorded as (
      insert into sync_outcome (run_id, user_id, kind, days_written, days_unchanged, days_unavailable, reason, token_renewed)
      select r.id, d.user_id, (case
          when d.fresh_refused and link.consecutive_failures + 1 >= ${REFUSALS_BEFORE_RECONNECT}::int then 'needs_reconnect'
          else d.kind end)::sync_outcome_kind,
        d.written, d.unchanged, d.unavailable, d.reason, d.renewed
      from done d
      join sync_run r on r.id = d.run_id
      left join link on link.user_id = d.user_id
      on conflict (run_id, user_id) do nothing
    )
    update connection c set
      lease_owner = null, lease_until = null, last_synced_at = greatest(d.synced_at, c.last_synced_at),
      last_error = d.reason, updated_at = now(),
      consecutive_failures = case when d.fresh_refused and d.run_id is not null then c.consecutive_failures + 1
        when d.kind = 'ok' then 0 else c.consecutive_failures end
    from done d join link on link.user_id = d.user_id and link.lease_owner = d.lease_owner
    where c.user_id = d.user_id`);
}

/**
 * Breaks the links that the run found refused or without the scope, unless something happened to them since: a link
 * that was renewed by its owner, or read by a later sync, has another last error. Each with its audit event. Returns
 * whose links these are.
 */
export async function breakRefusedLinks(
  tx: Db,
  { runId, job, now, spareBridged }: { runId: number; job: string; now: Date; spareBridged: boolean },
): Promise<{ userId: number; connectionId: number }[]> {
  // The state of a link stands with the person too (a trigger): locked as others lock many people, in the order of ids.
  await tx.execute(sql`
    select id from "user" where id in (
      select user_id from sync_outcome where run_id = ${runId} and kind in ('needs_reconnect', 'scope_missing'))
    order by id for no key update`);
  const rows: { userId: number; connectionId: number }[] = await tx.execute<{
    userId: number;
    connectionId: number;
  }>(sql`
    with broken as (
      update connection c
      set status = o.kind::text::connection_status, broken_at = ${now.toISOString()}::timestamptz, updated_at = now()
      from sync_outcome o
      where o.run_id = ${runId} and o.user_id = c.user_id and c.status = 'active' and c.last_error = o.reason
        and o.kind in ('needs_reconnect', 'scope_missing') and not (${spareBridged} and o.kind = 'needs_reconnect' and o.days_written + o.days_unchanged > 0)
      returning c.user_id, c.id, c.status, o.reason
    ),
    audited as (
      insert into audit_event (actor_job, action, subject_type, subject_id, label, before, after)
      select ${job}, 'connection.break', 'connection', b.id, u.name,
        jsonb_build_object('status', 'active'), jsonb_build_object('status', b.status, 'reason', b.reason)
      from broken b join "user" u on u.id = b.user_id
    )
    select user_id as "userId", id as "connectionId" from broken`);
  return rows.map((row) => ({ ...row }));
}

type Gap = { userId: number; leaseOwner: string; from: DateString; to: DateString };

const leased = ({ userId, leaseOwner }: Gap) =>
  sql`(select from connection where user_id = ${userId} and lease_owner = ${leaseOwner} for update)`;

/**
 * Dates that the plan withheld, both included; joined with what was known and touches them. The days are left as they
 * are. Nothing happens once the lease is lost: the person may have had everything deleted.
 */
export async function recordSyncGap(db: Db, gap: Gap & { reason: string }): Promise<void> {
  const { userId, from, to, reason } = gap;
  await db.execute(sql`
    with joined as (
      delete from sync_gap
      where user_id = ${userId} and from_date <= ${to}::date + 1 and to_date >= ${from}::date and exists ${leased(gap)}
      returning from_date, to_date
    )
    insert into sync_gap (user_id, from_date, to_date, reason)
    select ${userId}, least(${from}::date, min(from_date)), greatest(${to}::date + 1, max(to_date)), ${reason}
    from joined having exists ${leased(gap)}`);
}

/** These dates, both included, were given after all: they leave the user's gaps. */
export async function clearSyncGap(db: Db, gap: Gap): Promise<void> {
  const { userId, from, to } = gap;
  await db.execute(sql`
    with touched as (
      delete from sync_gap
      where user_id = ${userId} and from_date <= ${to}::date and to_date > ${from}::date and exists ${leased(gap)}
      returning from_date, to_date, reason, created_at
    )
    insert into sync_gap (user_id, from_date, to_date, reason, created_at)
    select ${userId}::int, from_date, ${from}::date, reason, created_at from touched where from_date < ${from}::date
    union all
    select ${userId}::int, ${to}::date + 1, to_date, reason, created_at from touched where to_date > ${to}::date + 1`);
}

/** The outcome of a user whose sync ended in a fault of ours; the details are in the log. */
export async function recordFailedSync(db: Db, { runId, userId }: { runId: number; userId: number }): Promise<void> {
  await db.execute(sql`
    insert into sync_outcome (run_id, user_id, kind, reason)
    values (${runId}, ${userId}, 'failed', 'unexpected error')
    on conflict (run_id, user_id) do nothing`);
}
