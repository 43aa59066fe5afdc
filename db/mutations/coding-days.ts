import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingDay, CodingItem } from "@/lib/wakatime/transform";

/**
 * Makes sure that every name exists. A name that does exist is neither written nor does it burn an id; the order keeps
 * two syncs that bring the same new names from waiting for each other in a circle.
 */
export async function ensureCodingNames(db: Db, names: Pick<CodingItem, "kind" | "name">[]): Promise<void> {
  await db.execute(sql`
    insert into coding_name (kind, name)
    select distinct w.kind, w.name
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as w(kind coding_name_kind, name text)
    where not exists (select from coding_name n where n.kind = w.kind and n.name = w.name)
    order by w.kind, w.name
    on conflict do nothing`);
}

/**
 * Replaces whole days of a user, summary and items, in one statement and so in one transaction, while the lease
 * `leaseOwner` holds: a process that was overtaken while it waited writes nothing. Every name must exist already.
 * Returns how many days were written. Items are replaced by difference, since one statement cannot delete and insert
 * the same key.
 */
export async function replaceCodingDays(
  db: Db,
  { userId, leaseOwner, days }: { userId: number; leaseOwner: string; days: CodingDay[] },
): Promise<number> {
  const input = days.map((day) => ({
    date: day.date,
    zone: day.timeZone,
    total: day.totalMs,
    items: day.items,
  }));
  const [row] = await db.execute<{ written: number }>(sql`
    with lease as (
      select user_id from connection where user_id = ${userId} and lease_owner = ${leaseOwner} for update
    ),
    day as (
      select lease.user_id, d.date, d.zone, d.total, d.items
      from lease, jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as d(date date, zone text, total int, items jsonb)
    ),
    summary as (
      insert into daily_summary (user_id, date, total_ms, time_zone, source, synced_at)
      select user_id, date, total, zone, 'wakatime', now() from day
      on conflict (user_id, date) do update set
        total_ms = excluded.total_ms, time_zone = excluded.time_zone, source = excluded.source, synced_at = now()
      returning id, date
    ),
    item as (
      select summary.id as summary_id, n.id as name_id, i.ms
      from day
      join summary on summary.date = day.date
      cross join lateral jsonb_to_recordset(day.items) as i(kind coding_name_kind, name text, ms int)
      join coding_name n on n.kind = i.kind and n.name = i.name
    ),
    gone as (
      delete from daily_summary_item old
      using summary
      where old.summary_id = summary.id
        and not exists (select from item where item.summary_id = old.summary_id and item.name_id = old.name_id)
    ),
    put as (
      insert into daily_summary_item (summary_id, name_id, ms)
      select summary_id, name_id, ms from item
      on conflict (summary_id, name_id) do update set ms = excluded.ms
      where daily_summary_item.ms <> excluded.ms
    )
    select count(*)::int as written from summary`);
  return row?.written ?? 0;
}
