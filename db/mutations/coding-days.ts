import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { relaxed } from "@/db/queries/fragments";
import type { CodingDay } from "@/lib/wakatime/transform";

/** A day as WakaTime gave it, with the number that stands for its content. */
export type DayToStore = CodingDay & { digest: string };

/** A Postgres array literal: its length is what lets the planner see how few rows these are. */
const list = (values: (number | string)[]) => `{${values.join(",")}}`;

/** The same of texts, whatever they contain. */
const texts = (values: string[]) => list(values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`));

export type DaysOfUser = { userId: number; leaseOwner: string; days: DayToStore[] };

/**
 * Replaces whole days of any number of users, summaries and items, in one statement and so in one transaction, of each
 * while their lease `leaseOwner` holds: a process that was overtaken while it waited writes nothing for that user.
 * Returns how many days were written of whom. Items are replaced by difference, since one statement cannot delete and
 * insert the same key. `offset 0` keeps the planner from reading a whole large table for many users: each day and each
 * name is one probe of an index. A name that exists is neither written nor does it burn an id; should another sync be making the
 * same new name, this one waits and takes it, and the order keeps the two from waiting for each other in a circle.
 */
export async function replaceCodingDays(db: Db, users: DaysOfUser[]): Promise<Map<number, number>> {
  const days = users.flatMap(({ userId, days: own }) => own.map((day) => ({ ...day, userId })));
  const items = days.flatMap(({ userId, date, items: own }) => own.map((item) => ({ ...item, userId, date })));
  const rows: { user_id: number; written: number }[] = await db.execute<{ user_id: number; written: number }>(sql`
    with lease as materialized (
      select c.user_id
      from ${relaxed}, unnest(
        ${list(users.map((user) => user.userId))}::int[], ${texts(users.map((user) => user.leaseOwner))}::text[]
      ) as u(user_id, lease_owner)
      join connection c on c.user_id = u.user_id and c.lease_owner = u.lease_owner
      order by c.user_id
      for update of c
    ),
    summary as (
      insert into daily_summary (user_id, date, total_ms, time_zone, digest, source, synced_at)
      select lease.user_id, d.date, d.total, d.zone, d.digest, 'wakatime', now()
      from unnest(
        ${list(days.map((day) => day.userId))}::int[], ${list(days.map((day) => day.date))}::date[],
        ${list(days.map((day) => day.totalMs))}::int[], ${texts(days.map((day) => day.timeZone))}::text[],
        ${list(days.map((day) => day.digest))}::bigint[]
      ) as d(user_id, date, total, zone, digest)
      join lease on lease.user_id = d.user_id
      on conflict (user_id, date) do update set
        total_ms = excluded.total_ms, time_zone = excluded.time_zone, digest = excluded.digest, source = excluded.source,
        synced_at = now()
      returning id, user_id, date
    ),
    input as materialized (
      select * from unnest(
        ${list(items.map((item) => item.userId))}::int[], ${list(items.map((item) => item.date))}::date[],
        ${list(items.map((item) => item.kind))}::coding_name_kind[], ${texts(items.map((item) => item.name))}::text[],
        ${list(items.map((item) => item.ms))}::int[]
      ) as i(user_id, date, kind, name, ms)
    ),
    named as materialized (
      select distinct kind, name from input
    ),
    known as materialized (
      select n.id, w.kind, w.name from named w
      cross join lateral (select id from coding_name where kind = w.kind and name = w.name offset 0) n
    ),
    made as (
      insert into coding_name (kind, name)
      select w.kind, w.name from named w
      where exists (select from lease) and not exists (select from known k where k.kind = w.kind and k.name = w.name)
      order by w.kind, w.name
      -- Not of the name itself: that would lock out those who refer to it at this moment.
      on conflict (kind, name) do update set created_at = coding_name.created_at
      returning id, kind, name
    ),
    item as materialized (
      select summary.id as summary_id, n.id as name_id, i.ms
      from input i
      join summary on summary.user_id = i.user_id and summary.date = i.date
      join (select id, kind, name from known union all select id, kind, name from made) n
        on n.kind = i.kind and n.name = i.name
    ),
    gone as (
      -- By their places, which nobody moves while the lease is locked.
      delete from daily_summary_item
      where ctid = any(array(
        select old.place
        from summary
        cross join lateral (
          select o.ctid as place, o.summary_id, o.name_id from daily_summary_item o where o.summary_id = summary.id offset 0
        ) old
        left join item on item.summary_id = old.summary_id and item.name_id = old.name_id
        where item.summary_id is null
      ))
    ),
    put as (
      insert into daily_summary_item (summary_id, name_id, ms)
      select summary_id, name_id, ms from item
      on conflict (summary_id, name_id) do update set ms = excluded.ms
      where daily_summary_item.ms <> excluded.ms
    )
    select user_id, count(*)::int as written from summary group by user_id`);
  return new Map(rows.map((row) => [row.user_id, row.written]));
}
