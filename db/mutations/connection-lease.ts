import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { academyZone, localDay, relaxed } from "@/db/queries/fragments";
import { syncBar, syncEnrolment } from "@/db/queries/sync-subjects";
import type { DateString } from "@/lib/dates";
import type { DateWindow } from "@/lib/wakatime/window";

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
  /** The stored days of the window by their digests; null for a day that no sync wrote. */
  stored: Map<DateString, string | null>;
};

export type Lease =
  | { state: "leased"; connection: LeasedConnection }
  /** Another sync of this person is running; `heldBy` is its lease owner, which ends by itself in `heldSeconds`. */
  | { state: "busy"; heldBy: string; heldSeconds: number }
  /** Not to be called: why, in one word; "unknown" when there is no such connection. */
  | { state: "barred"; reason: string };

/** Local days up to each person's own date at `asOf`, or fixed dates. */
export type LeaseWindow = { asOf: Date; days: number } | DateWindow;

type Wanted = { userIds: number[]; owner: string; leaseSeconds: number; window: LeaseWindow };

/** What the plan withheld is asked for again after this; until then what it shows moves on with the days. */
const GAP_RETRY_DAYS = 7;
/** Somebody took the lease while we asked, and our statement cannot see who: the next one can. */
const ATTEMPTS = 3;

/**
 * Takes the leases on users' connections for `leaseSeconds`, save those that another sync holds and those of users who
 * are not to be called; with everything that their sync needs to know. A row and the server's clock, not a session
 * lock, so that a lease survives poolers and dies with its time. One statement for all of them.
 */
export async function leaseConnections(db: Db, wanted: Wanted): Promise<Map<number, Lease>> {
  const leases = await tryLeases(db, wanted);
  for (let attempt = 2; attempt <= ATTEMPTS; attempt++) {
    const unseen = wanted.userIds.filter((userId) => {
      const lease = leases.get(userId);
      return lease?.state === "busy" && lease.heldBy === "";
    });
    if (unseen.length === 0) break;
    for (const [userId, lease] of await tryLeases(db, { ...wanted, userIds: unseen })) leases.set(userId, lease);
  }
  return leases;
}

type Row = {
  user_id: number;
  zone: string | null;
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
  /** "2026-11-22 -123,2026-11-23 " */
  stored: string | null;
};

async function tryLeases(db: Db, { userIds, owner, leaseSeconds, window }: Wanted): Promise<Map<number, Lease>> {
  const rows: Row[] = await db.execute<Row>(sql`
    with wanted as (
      select unnest(${`{${userIds.join(",")}}`}::int[]) as user_id
    ),
    subject as materialized (
      select c.id, c.user_id, coalesce(u.time_zone, e.zone, ${academyZone}) as zone, ${syncBar} as barred,
        case when c.lease_until > now() then c.lease_owner end as held_by,
        ceil(extract(epoch from c.lease_until - now()))::int as held_seconds
      from ${relaxed}, wanted
      join connection c on c.user_id = wanted.user_id
      join "user" u on u.id = c.user_id
      ${syncEnrolment}
    ),
    free as (
      select c.id from subject
      join connection c on c.id = subject.id
      where subject.barred is null and (c.lease_until is null or c.lease_until <= now())
      for update of c skip locked
    ),
    leased as (
      update connection c
      set lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${leaseSeconds})
      from free
      where c.id = free.id
      returning c.id, c.key_id, c.access_token_encrypted, c.refresh_token_encrypted,
        c.expires_at < now() + interval '24 hours' as refresh_due, c.expires_at <= now() as access_ended
    )
    select subject.user_id, subject.zone, subject.barred, subject.held_by, subject.held_seconds, subject.key_id,
      subject.refresh_due, subject.access_ended, subject.access_token_encrypted as access_token,
      subject.refresh_token_encrypted as refresh_token, gap.withheld_before::text, gap.has_gaps, day.stored
    from (
      select s.user_id, s.zone, s.barred, s.held_by, s.held_seconds, l.*
      from subject s left join leased l on l.id = s.id
      -- First who is leased, then their days: otherwise everybody's days are read for each of them.
      offset 0
    ) subject
    cross join lateral (
      select count(*) > 0 as has_gaps,
        max(to_date + (current_date - created_at::date))
          filter (where created_at > now() - make_interval(days => ${GAP_RETRY_DAYS}::int)) as withheld_before
      from sync_gap where user_id = subject.user_id
    ) gap
    left join lateral (
      -- A day that another source wrote is not the same day, whatever it holds: it is replaced.
      -- As text: an object of JSON would cost more than all the rest of the row.
      select string_agg(d.date || ' ' || coalesce(d.digest::text, ''), ',') as stored from daily_summary d
      where d.user_id = subject.user_id and d.date between ${bounds(window)} and d.source = 'wakatime'
    ) day on subject.key_id is not null`);
  const found = new Map(rows.map((row) => [row.user_id, leaseOf(row)]));
  return new Map(userIds.map((userId) => [userId, found.get(userId) ?? { state: "barred", reason: "unknown" }]));
}

/** Of the subject's window, for `between`. */
function bounds(window: LeaseWindow): SQL {
  if ("from" in window) return sql`${window.from}::date and ${window.to}::date`;
  const today = localDay(sql`${window.asOf.toISOString()}::timestamptz`, sql`subject.zone`);
  return sql`${today} - ${window.days - 1}::int and ${today}`;
}

function leaseOf(row: Row): Lease {
  if (row.barred) return { state: "barred", reason: row.barred };
  if (!row.key_id) return { state: "busy", heldBy: row.held_by ?? "", heldSeconds: Math.max(row.held_seconds ?? 0, 0) };
  return {
    state: "leased",
    connection: {
      timeZone: row.zone ?? "UTC",
      keyId: row.key_id,
      accessTokenEncrypted: row.access_token,
      refreshTokenEncrypted: row.refresh_token,
      refreshDue: row.refresh_due,
      accessEnded: row.access_ended,
      withheldBefore: row.withheld_before,
      hasGaps: row.has_gaps,
      stored: storedOf(row.stored),
    },
  };
}

function storedOf(text: string | null): Map<DateString, string | null> {
  const stored = new Map<DateString, string | null>();
  for (const day of text?.split(",") ?? []) {
    const [date = "", digest] = day.split(" ");
    stored.set(date, digest || null);
  }
  return stored;
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

/** Gives leases back with nothing said about the outcome: the syncs were interrupted and will be done again. */
export async function releaseConnections(db: Db, userIds: number[], owner: string): Promise<void> {
  await db.execute(sql`
    update connection set lease_owner = null, lease_until = null
    where user_id = any(${`{${userIds.join(",")}}`}::int[]) and lease_owner = ${owner}`);
}
