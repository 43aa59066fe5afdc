import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, SyncOutcomeKind } from "@/db/enums";
import { connection } from "@/db/schema";
import type { DateString } from "@/lib/dates";
import { academyZone, constant, localDay } from "./fragments";
import { hasCoding } from "./student-overview-today";
import { isAtWorkOn, syncRunState } from "./sync-run-state";
import { syncEnrolment } from "./sync-subjects";

/** A sync that has waited this long waits for a worker that is not there. */
const LONGEST_WAIT_MINUTES = 15;

/** Why a student with a link is not called all the same. */
export type ConnectionBar = "paused" | "dropped" | "graduated" | "direct";

/**
 * A student's own link as they may see it: no token, and no account id. Instants are ISO strings,
 * dates those of their own zone.
 */
export type OwnConnection = {
  status: ConnectionStatus | null;
  connectedOn: DateString | null;
  plan: string | null;
  scopes: string[] | null;
  lastSyncedAt: string | null;
  brokenOn: DateString | null;
  /** How the last sync ended, when not all of it went well. */
  reason: SyncOutcomeKind | null;
  bar: ConnectionBar | null;
  /** A sync of this person waits or is under way. */
  running: boolean;
  /** Days stored, whichever link brought them. */
  days: number;
  /** Any coding was ever counted on them: without the plugin they are all zero. */
  hasCoding: boolean;
};

/**
 * The page of the link and its live check, in one statement: runs along idx_sync_run_student, outcomes along
 * idx_sync_outcome_user, days along idx_daily_summary_user_date.
 */
export async function getOwnConnection(db: Db, userId: number): Promise<OwnConnection> {
  const zone = sql`coalesce(u.time_zone, e.zone, ${academyZone})`;
  const [row] = await db.execute<OwnConnection>(sql`
    select c.status, c.plan, c.scopes,
      ${localDay(sql`c.created_at`, zone)}::text as "connectedOn",
      to_json(c.last_synced_at) #>> '{}' as "lastSyncedAt",
      ${localDay(sql`c.broken_at`, zone)}::text as "brokenOn",
      case when c.last_error is not null then
        (select o.kind from sync_outcome o where o.user_id = u.id order by o.id desc limit 1) end as reason,
      case
        when s.coding_source = 'direct' then 'direct'
        when e.status in ('paused', 'dropped', 'graduated') then e.status::text
      end as bar,
      c.id is not null and (coalesce(c.lease_until > now(), false) or exists (
        select from sync_run r
        where ${isAtWorkOn(sql`u.id`)} and (${syncRunState} = 'running'
          or r.started_at > now() - make_interval(mins => ${constant(LONGEST_WAIT_MINUTES)}))
      )) as running,
      (select count(*)::int from daily_summary d where d.user_id = u.id) as days,
      ${hasCoding(sql`u.id`)} as "hasCoding"
    from "user" u
    left join connection c on c.user_id = u.id
    ${syncEnrolment}
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in student has no user row");
  return row;
}

/** The encrypted tokens of a link, for revoking them; null when there is no link. Never for a page. */
export async function getConnectionTokens(db: Db, userId: number) {
  const [row] = await db
    .select({
      keyId: connection.keyId,
      accessTokenEncrypted: connection.accessTokenEncrypted,
      refreshTokenEncrypted: connection.refreshTokenEncrypted,
    })
    .from(connection)
    .where(eq(connection.userId, userId));
  return row ?? null;
}

export type StoredTokens = NonNullable<Awaited<ReturnType<typeof getConnectionTokens>>>;
