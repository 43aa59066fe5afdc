import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { relaxed } from "@/db/queries/fragments";
import type { CodingName, NamedId, StoredDay } from "@/db/queries/sync-days";

/**
 * Makes sure that every name exists and tells their ids. A name that does exist is neither written nor does it burn an
 * id; the order keeps two syncs that bring the same new names from waiting for each other in a circle.
 */
export async function ensureCodingNames(db: Db, names: CodingName[]): Promise<NamedId[]> {
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as w(kind coding_name_kind, name text)`;
  await db.execute(sql`
    insert into coding_name (kind, name)
    select distinct w.kind, w.name from ${wanted}
    where not exists (select from coding_name n where n.kind = w.kind and n.name = w.name)
    order by w.kind, w.name
    on conflict do nothing`);
  const rows: NamedId[] = await db.execute<NamedId>(sql`
    select n.kind, n.name, n.id from ${wanted} join coding_name n on n.kind = w.kind and n.name = w.name`);
  return rows.map((row) => ({ ...row }));
}

/** A Postgres array literal: its length is what lets the planner see how few rows these are. */
const list = (values: (number | string)[]) => `{${values.join(",")}}`;

/**
 * Replaces whole days of a user, summary and items, in one statement and so in one transaction, while the lease
 * `leaseOwner` holds: a process that was overtaken while it waited writes nothing. Returns how many days were written.
 * Items are replaced by difference, since one statement cannot delete and insert the same key.
 */
export async function replaceCodingDays(
  db: Db,
  { userId, leaseOwner, days }: { userId: number; leaseOwner: string; days: StoredDay[] },
): Promise<number> {
  const items = days.flatMap((day) => [...day.items].map(([nameId, ms]) => ({ date: day.date, nameId, ms })));
  const [row] = await db.execute<{ written: number }>(sql`
    with lease as (
      select user_id from ${relaxed}, connection
      where user_id = ${userId} and lease_owner = ${leaseOwner} for update of connection
    ),
    summary as (
      insert into daily_summary (user_id, date, total_ms, time_zone, source, synced_at)
      select lease.user_id, d.date, d.total, d.zone, 'wakatime', now()
      from lease, unnest(
        ${list(days.map((day) => day.date))}::date[], ${list(days.map((day) => day.totalMs))}::int[],
        ${list(days.map((day) => `"${day.timeZone}"`))}::text[]) as d(date, total, zone)
      on conflict (user_id, date) do update set
        total_ms = excluded.total_ms, time_zone = excluded.time_zone, source = excluded.source, synced_at = now()
      returning id, date
    ),
    item as materialized (
      select summary.id as summary_id, i.name_id, i.ms
      from unnest(
        ${list(items.map((item) => item.date))}::date[], ${list(items.map((item) => item.nameId))}::int[],
        ${list(items.map((item) => item.ms))}::int[]) as i(date, name_id, ms)
      join summary on summary.date = i.date
    ),
    gone as (
      delete from daily_summary_item
      where (summary_id, name_id) in (
        select old.summary_id, old.name_id
        from summary
        cross join lateral (select o.summary_id, o.name_id from daily_summary_item o where o.summary_id = summary.id) old
        left join item on item.summary_id = old.summary_id and item.name_id = old.name_id
        where item.summary_id is null
      )
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
