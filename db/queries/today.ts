import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingNameKind } from "@/db/enums";
import { academyZone, localDay } from "./fragments";
import { syncBar, syncEnrolment } from "./sync-subjects";

const isoSeconds = (at: SQL): SQL => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The first instant of a local day, ISO in UTC: also where the clocks skip midnight, or the day has 23 or 25 hours. */
export const dayStartsAt = (date: SQL, zone: SQL): SQL => isoSeconds(sql`(${date}::timestamp at time zone ${zone})`);

/** The last second of a local day, ISO in UTC. */
export const dayEndsAt = (date: SQL, zone: SQL): SQL =>
  isoSeconds(sql`((${date} + 1)::timestamp at time zone ${zone} - interval '1 second')`);

/**
 * For the user `u`: their link `c` if any, the enrolment `e`, their zone as a sync has it (`here.zone`), and their
 * local date at `at` (`here.today`).
 */
export const whereaboutsOf = (at: SQL): SQL => sql`
  left join connection c on c.user_id = u.id
  ${syncEnrolment}
  cross join lateral (select coalesce(u.time_zone, e.zone, ${academyZone}) as zone) z
  cross join lateral (select z.zone, ${localDay(at, sql`z.zone`)} as today) here`;

/** Kind, name and milliseconds. */
export type StoredItem = [CodingNameKind, string, number];

type Row = {
  zone: string;
  today: string;
  starts_at: string;
  ends_at: string;
  uid: string | null;
  key_id: string;
  access_token: string;
  expired: boolean;
  barred: string | null;
  live_ms: number | null;
  live_at: string | null;
  stored_ms: number | null;
  stored_at: string;
  stored_items: StoredItem[] | null;
};

/**
 * A person's local today: the link, the live figure of this date if one was kept, and the stored day, in one statement
 * for the JSON route (idx_connection_user, idx_daily_summary_user_date, primary keys).
 */
export async function getToday(db: Db, userId: number, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<Row>(sql`
    select here.zone, here.today::text as today, ${dayStartsAt(sql`here.today`, sql`here.zone`)} as starts_at,
      ${dayEndsAt(sql`here.today`, sql`here.zone`)} as ends_at, c.wakatime_uid as uid, c.key_id,
      c.access_token_encrypted as access_token, c.expires_at <= ${at} as expired, ${syncBar} as barred,
      case when c.today_date = here.today then c.today_ms end as live_ms,
      to_json(c.today_fetched_at) #>> '{}' as live_at, d.total_ms as stored_ms,
      to_json(coalesce(c.last_synced_at, d.synced_at)) #>> '{}' as stored_at,
      (select jsonb_agg(jsonb_build_array(n.kind, n.name, i.ms))
        from daily_summary_item i join coding_name n on n.id = i.name_id
        where i.summary_id = d.id) as stored_items
    from "user" u
    ${whereaboutsOf(at)}
    left join daily_summary d on d.user_id = u.id and d.date = here.today
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in person has no user row");
  const items: StoredItem[] = row.stored_items ?? [];
  return {
    timeZone: row.zone,
    date: row.today,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    link:
      row.uid === null
        ? null
        : {
            uid: row.uid,
            keyId: row.key_id,
            accessTokenEncrypted: row.access_token,
            expired: row.expired,
            /** Why nobody is to be called for this person, in one word; null when they may be. */
            barred: row.barred,
          },
    live: row.live_ms === null || row.live_at === null ? null : { ms: row.live_ms, fetchedAt: new Date(row.live_at) },
    stored: row.stored_ms === null ? null : { ms: row.stored_ms, asOf: new Date(row.stored_at), items },
  };
}

export type Today = Awaited<ReturnType<typeof getToday>>;
