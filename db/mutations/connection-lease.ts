import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { academyZone, relaxed } from "@/db/queries/fragments";
import { syncBar, syncEnrolment } from "@/db/queries/sync-subjects";
import type { DateString } from "@/lib/dates";

type Row = {
  zone: string;
  barred: string | null;
  held_by: string | null;
  held_seconds: number | null;
  key_id: string | null;
  access_token: string;
  refresh_token: string;
  refresh_due: boolean;
  access_ended: boolean;
  withheld_before: string | null;
  has_gaps: boolean;
};

export type LeasedConnection = {
  timeZone: string;
  keyId: string;
  accessTokenEncrypted: string;
  refreshTokenEncrypted: string;
  /** The access token ends within a day. */
  refreshDue: boolean;
  /** It has ended: nothing bridges a renewal that fails. */
  accessEnded: boolean;
  /** Days before this date were withheld by the plan so lately that asking again is pointless. */
  withheldBefore: DateString | null;
  /** Some days are known as withheld, lately or not. */
  hasGaps: boolean;
};

/** What the plan withheld is asked for again after this; until then what it shows moves on with the days. */
const GAP_RETRY_DAYS = 7;

export type Lease =
  | { state: "leased"; connection: LeasedConnection }
  /** Another sync of this person is running; `heldBy` is its lease owner, which ends by itself in `heldSeconds`. */
  | { state: "busy"; heldBy: string; heldSeconds: number }
  /** Not to be called: why, in one word; "unknown" when there is no such connection. */
  | { state: "barred"; reason: string };

/** Somebody took the lease while we asked, and our statement cannot see who: the next one can. */
const ATTEMPTS = 3;

/**
 * Takes the lease on a user's connection for `leaseSeconds`, unless another sync holds it or the user is not to be
 * called. A row and the server's clock, not a session lock, so that it survives poolers and dies with its time.
 */
export async function leaseConnection(
  db: Db,
  request: { userId: number; owner: string; leaseSeconds: number },
): Promise<Lease> {
  for (let attempt = 1; ; attempt++) {
    const lease = await tryLease(db, request);
    if (lease.state !== "busy" || lease.heldBy !== "" || attempt === ATTEMPTS) return lease;
  }
}

async function tryLease(
  db: Db,
  { userId, owner, leaseSeconds }: { userId: number; owner: string; leaseSeconds: number },
): Promise<Lease> {
  const [row] = await db.execute<Row>(sql`
    with subject as (
      select c.id, coalesce(u.time_zone, e.zone, ${academyZone}) as zone, ${syncBar} as barred,
        case when c.lease_until > now() then c.lease_owner end as held_by,
        ceil(extract(epoch from c.lease_until - now()))::int as held_seconds
      from ${relaxed}, connection c
      join "user" u on u.id = c.user_id
      ${syncEnrolment}
      where c.user_id = ${userId}
    ),
    leased as (
      update connection c
      set lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${leaseSeconds})
      from subject
      where c.id = subject.id and subject.barred is null and (c.lease_until is null or c.lease_until <= now())
      returning c.id, c.key_id, c.access_token_encrypted, c.refresh_token_encrypted,
        c.expires_at < now() + interval '24 hours' as refresh_due, c.expires_at <= now() as access_ended
    )
    select subject.zone, subject.barred, subject.held_by, subject.held_seconds, leased.key_id, leased.refresh_due,
      leased.access_ended, leased.access_token_encrypted as access_token,
      leased.refresh_token_encrypted as refresh_token, gap.withheld_before::text, gap.has_gaps
    from subject
    left join leased on leased.id = subject.id
    cross join (
      select count(*) > 0 as has_gaps,
        max(to_date + (current_date - created_at::date)) filter (where created_at > now() - make_interval(days => ${GAP_RETRY_DAYS}::int)) as withheld_before
      from sync_gap where user_id = ${userId}
    ) gap`);
  if (!row) return { state: "barred", reason: "unknown" };
  if (row.barred) return { state: "barred", reason: row.barred };
  if (!row.key_id) return { state: "busy", heldBy: row.held_by ?? "", heldSeconds: Math.max(row.held_seconds ?? 0, 0) };
  return {
    state: "leased",
    connection: {
      timeZone: row.zone,
      keyId: row.key_id,
      accessTokenEncrypted: row.access_token,
      refreshTokenEncrypted: row.refresh_token,
      refreshDue: row.refresh_due,
      accessEnded: row.access_ended,
      withheldBefore: row.withheld_before,
      hasGaps: row.has_gaps,
    },
  };
}

/** Holds the lease `leaseSeconds` from now on; false when it was lost. */
export async function renewLease(
  db: Db,
  { userId, owner, leaseSeconds }: { userId: number; owner: string; leaseSeconds: number },
): Promise<boolean> {
  const held = await db.execute(sql`
    update connection set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where user_id = ${userId} and lease_owner = ${owner}
    returning id`);
  return held.length > 0;
}

/** Gives the lease back with nothing said about the outcome: the sync was interrupted and will be done again. */
export async function releaseConnection(db: Db, userId: number, owner: string): Promise<void> {
  await db.execute(sql`
    update connection set lease_owner = null, lease_until = null where user_id = ${userId} and lease_owner = ${owner}`);
}
