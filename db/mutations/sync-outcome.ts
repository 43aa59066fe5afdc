import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncOutcomeKind } from "@/db/enums";
import type { DateString } from "@/lib/dates";

/** How one user's sync ended. The days are those of the window that were answered, or that the plan withheld. */
export type SyncOutcome = {
  kind: SyncOutcomeKind;
  daysWritten: number;
  daysUnchanged: number;
  daysUnavailable: number;
  /** Why nothing, or not everything, could be done; null when all is well. Never a secret. */
  reason: string | null;
  /** The person's fresh token was refused: after several runs in a row the link counts as broken. */
  freshTokenRefused?: boolean;
};

/** Runs in a row that may end in a refused fresh token before the person is asked to reconnect. */
const REFUSALS_BEFORE_RECONNECT = 5;

/** In words of the enum: what the outcome makes of the link. A refusal that lasts breaks it; nothing else here does. */
function statusAfter(outcome: SyncOutcome): SQL {
  if (outcome.kind === "needs_reconnect") return sql`'needs_reconnect'::connection_status`;
  if (outcome.kind === "scope_missing") return sql`'scope_missing'::connection_status`;
  if (!outcome.freshTokenRefused) return sql`status`;
  return sql`case when consecutive_failures + 1 >= ${REFUSALS_BEFORE_RECONNECT}
    then 'needs_reconnect'::connection_status else status end`;
}

function failuresAfter(outcome: SyncOutcome): SQL {
  if (outcome.kind === "ok") return sql`0`;
  return outcome.freshTokenRefused ? sql`consecutive_failures + 1` : sql`consecutive_failures`;
}

type Finished = { userId: number; runId?: number; leaseOwner: string; syncedAt: Date; outcome: SyncOutcome };

/** One statement: the outcome goes to the run (once), freshness and state to the connection, and the lease back. */
export async function finishUserSync(
  db: Db,
  { userId, runId, leaseOwner, syncedAt, outcome }: Finished,
): Promise<void> {
  const synced = outcome.kind === "ok" ? sql`${syncedAt.toISOString()}::timestamptz` : sql`last_synced_at`;
  await db.execute(sql`
    with recorded as (
      insert into sync_outcome (run_id, user_id, kind, days_written, days_unchanged, days_unavailable, reason)
      select id, ${userId}, ${outcome.kind}::sync_outcome_kind, ${outcome.daysWritten}, ${outcome.daysUnchanged},
        ${outcome.daysUnavailable}, ${outcome.reason}
      from sync_run where id = ${runId ?? null}
      on conflict (run_id, user_id) do nothing
    )
    update connection set
      lease_owner = null, lease_until = null, last_synced_at = ${synced}, last_error = ${outcome.reason},
      status = ${statusAfter(outcome)}, consecutive_failures = ${failuresAfter(outcome)}, updated_at = now()
    where user_id = ${userId} and lease_owner = ${leaseOwner}`);
}

/** Dates that the plan withheld, both included. Told once; the days themselves are left as they are. */
export async function recordSyncGap(
  db: Db,
  { userId, from, to, reason }: { userId: number; from: DateString; to: DateString; reason: string },
): Promise<void> {
  await db.execute(sql`
    insert into sync_gap (user_id, from_date, to_date, reason)
    values (${userId}, ${from}::date, ${to}::date + 1, ${reason})
    on conflict do nothing`);
}

/** The outcome of a user whose sync ended in a fault of ours; the details are in the log. */
export async function recordFailedSync(db: Db, { runId, userId }: { runId: number; userId: number }): Promise<void> {
  await db.execute(sql`
    insert into sync_outcome (run_id, user_id, kind, reason)
    values (${runId}, ${userId}, 'failed', 'unexpected error')
    on conflict (run_id, user_id) do nothing`);
}
