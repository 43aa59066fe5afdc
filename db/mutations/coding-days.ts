import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingNameKind } from "@/db/enums";
import { relaxed } from "@/db/queries/fragments";
import type { DateString } from "@/lib/dates";

export type CodingName = { kind: CodingNameKind; name: string };
export type NamedId = CodingName & { id: number };

/** A day as it is written: milliseconds by the id of the item's name. */
export type DayToStore = {
  date: DateString;
  timeZone: string;
  totalMs: number;
  digest: string;
  items: Map<number, number>;
};

/**
 * Makes sure that every name exists and tells their ids. A name that does exist is neither written nor does it burn an
 * id; the order keeps two syncs that bring the same new names from waiting for each other in a circle.
 */
export async function ensureCodingNames(db: Db, names: CodingName[]): Promise<NamedId[]> {
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as w(kind coding_name_kind, name text)`;
  const known = sql`select n.kind, n.name, n.id from ${wanted} join coding_name n on n.kind = w.kind and n.name = w.name`;
  const rows: NamedId[] = await db.execute<NamedId>(sql`
    with known as (${known}),
    made as (
      insert into coding_name (kind, name)
      select w.kind, w.name from ${wanted}
      where not exists (select from known k where k.kind = w.kind and k.name = w.name)
      order by w.kind, w.name
      on conflict do nothing
      returning kind, name, id
    )
    select * from known union all select * from made`);
  if (rows.length === names.length) return [...rows];
  // Another sync made some of them after this statement had begun: the next one sees them.
  const all: NamedId[] = await db.execute<NamedId>(known);
  return [...all];
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
  { userId, leaseOwner, days }: { userId: number; leaseOwner: string; days: DayToStore[] },
): Promise<number> {
  const items = days.flatMap((day) => [...day.items].map(([nameId, ms]) => ({ date: day.date, nameId, ms })));
  const [row] = await db.execute<{ written: number }>(sql`
    with lease as (
      select user_id from ${relaxed}, connection
      where user_id = ${userId} and lease_owner = ${leaseOwner} for update of connection
    ),
    summary as (
      insert into daily_summary (user_id, date, total_ms, time_zone, digest, source, synced_at)
      select lease.user_id, d.date, d.total, d.zone, d.digest, 'wakatime', now()
      from lease, unnest(
        ${list(days.map((day) => day.date))}::date[], ${list(days.map((day) => day.totalMs))}::int[],
        ${list(days.map((day) => `"${day.timeZone}"`))}::text[], ${list(days.map((day) => day.digest))}::bigint[]
      ) as d(date, total, zone, digest)
      on conflict (user_id, date) do update set
        total_ms = excluded.total_ms, time_zone = excluded.time_zone, digest = excluded.digest, source = excluded.source,
        synced_at = now()
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
