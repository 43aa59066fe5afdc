import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { addDays, type DateString, eachDay } from "@/lib/dates";
import { dayNumber, FIRST_DAY, HOLIDAY_REST, PROJECT_DAYS, traitsOf } from "./coding-generator";
import { EDITORS, PROJECTS, SHARED_NAMES, STACK_SIZE } from "./coding-names";
import { type DemoPerson, machineId } from "./demo-person";
import { isHoliday } from "./holidays";
import { insertRows } from "./rows";

/** A person with the dates (both included) that the database shall hold of them. */
export type CodingRow = { userId: number; person: DemoPerson; rowFrom: DateString; rowTo: DateString };

/** Tables of this transaction only: people with their traits, the days, and the place of each name in its list. */
export async function createGeneratorTables(tx: Db): Promise<void> {
  await tx.execute(sql`
    create temporary table demo_person (
      key int primary key, user_id int not null, time_zone text not null, first_day int not null, last_day int,
      row_from int not null, row_to int not null, weekday_minutes int not null, weekend_minutes int not null,
      weekday_rest int not null, weekend_rest int not null, drift int not null, pace int not null,
      project_offset int not null, stack int not null, editor int not null, system int not null
    ) on commit drop`);
  await tx.execute(sql`
    create temporary table demo_day (
      day int primary key, date date not null, weekend boolean not null, holiday boolean not null
    ) on commit drop`);
  await tx.execute(sql`
    create temporary table demo_name (kind coding_name_kind, place int, name_id int) on commit drop`);
}

export async function addCodingPeople(tx: Db, rows: CodingRow[]): Promise<void> {
  const columns = `key int, user_id int, time_zone text, first_day int, last_day int, row_from int, row_to int,
    weekday_minutes int, weekend_minutes int, weekday_rest int, weekend_rest int, drift int, pace int,
    project_offset int, stack int, editor int, system int`;
  const values = rows.map(({ userId, person, rowFrom, rowTo }) => {
    const traits = traitsOf(person);
    return {
      key: person.key,
      user_id: userId,
      time_zone: person.timeZone,
      first_day: dayNumber(person.firstDay),
      last_day: person.lastDay === null ? null : dayNumber(person.lastDay),
      row_from: dayNumber(rowFrom),
      row_to: dayNumber(rowTo),
      weekday_minutes: traits.weekdayMinutes,
      weekend_minutes: traits.weekendMinutes,
      weekday_rest: traits.weekdayRest,
      weekend_rest: traits.weekendRest,
      drift: traits.driftPercentPerWeek,
      pace: traits.pacePercent,
      project_offset: traits.projectOffset,
      stack: traits.stack,
      editor: traits.editor,
      system: traits.system,
    };
  });
  await insertRows(tx, "demo_person", columns, values);
}

/** Once everybody is in: the calendar that they span. Holidays come from TypeScript, so that no rule is told twice. */
export async function addCalendar(tx: Db): Promise<void> {
  const [span] = await tx.execute<{ first: number | null; last: number }>(
    sql`select min(row_from) as first, max(row_to) as last from demo_person`,
  );
  if (!span || span.first === null) return;
  const days = eachDay(addDays(FIRST_DAY, span.first), addDays(FIRST_DAY, span.last)).map((date) => {
    const day = dayNumber(date);
    return { day, date, weekend: day % 7 < 2, holiday: isHoliday(date) };
  });
  await insertRows(tx, "demo_day", "day int, date date, weekend boolean, holiday boolean", days);
  await tx.execute(sql`analyze demo_person`);
  await tx.execute(sql`analyze demo_day`);
}

/** The names that items point to; machines only of `keys`, the people who get items. */
export async function addNames(tx: Db, keys: number[]): Promise<void> {
  const names = SHARED_NAMES.flatMap(([kind, list]) =>
    list.map((name, place) => ({ kind: kind as string, place, name })),
  );
  const machines = keys.flatMap((key) =>
    [0, 1].map((machine) => ({ kind: "machine", place: key * 2 + machine, name: machineId(key, machine) })),
  );
  const record = "kind coding_name_kind, place int, name text";
  const all = JSON.stringify([...names, ...machines]);
  const source = sql`json_to_recordset(${all}::text::json) as given(${sql.raw(record)})`;
  await tx.execute(sql`
    insert into coding_name (kind, name) select distinct kind, name from ${source} order by kind, name
    on conflict (kind, name) do nothing`);
  await tx.execute(sql`
    insert into demo_name (kind, place, name_id)
    select given.kind, given.place, n.id from ${source} join coding_name n on n.kind = given.kind and n.name = given.name`);
  await tx.execute(sql`analyze demo_name`);
}

const HASH = sql.raw(`cross join lateral (select decode(md5(p.key || ':' || d.day), 'hex') as h offset 0) hashed`);

/** `totalMs` of coding-generator.ts. OFFSET 0 keeps the planner from computing the hash anew for every byte. */
export const codingTotals = (where: SQL): SQL => sql`
  select p.key, p.user_id, p.time_zone, d.date, day_total.total_ms
  from demo_person p
  join demo_day d on d.day between p.row_from and p.row_to
  ${HASH}
  cross join lateral (select
    case when d.weekend then p.weekend_rest else p.weekday_rest end as rest,
    case when d.weekend then p.weekend_minutes else p.weekday_minutes end * 60000 / case when d.holiday then 4 else 1 end as base,
    greatest(20, 100 - p.drift * ((d.day - p.first_day) / 7)) as drift,
    35 + (get_byte(h, 0) + get_byte(h, 1)) * 110 / 510 as spread offset 0) facts
  cross join lateral (select case
    when d.day < p.first_day or d.day > p.last_day then 0
    when get_byte(h, 2) < case when d.holiday then greatest(rest, ${sql.raw(String(HOLIDAY_REST))}) else rest end then 0
    else (base::bigint * p.pace / 100 * facts.drift / 100 * facts.spread / 100)::int
      + (get_byte(h, 3) * 65536 + get_byte(h, 4) * 256 + get_byte(h, 5)) % 60000
    end as total_ms) day_total
  where ${where}
  order by p.key, d.day`;

const raw = (value: number) => sql.raw(String(value));

/** The items of coding-generator.ts, for the days that daily_summary holds from `from` on of the people in `where`. */
export const codingItems = (where: SQL, from: DateString): SQL => sql`
  select d.id as summary_id, n.name_id, item.ms
  from demo_person p
  join lateral (
    select s.id, s.total_ms as total, s.date - date '${sql.raw(FIRST_DAY)}' as day
    from daily_summary s where s.user_id = p.user_id and s.date >= ${from}::date and s.total_ms > 0
    order by s.date offset 0) d on true
  ${HASH}
  cross join lateral (select get_byte(h, 6) as p2, get_byte(h, 7) as p3, get_byte(h, 8) as l2, get_byte(h, 9) as l3,
    get_byte(h, 10) as c2, get_byte(h, 11) as c3, get_byte(h, 12) as e2, get_byte(h, 13) as m2,
    get_byte(h, 14) as d1, get_byte(h, 15) as d2 offset 0) b
  cross join lateral (select
    d.total::bigint * case when p2 < 90 then 0 else 100 + p2 end / 1000 as project2,
    d.total::bigint * case when p2 < 90 or p3 < 150 then 0 else p3 - 100 end / 1000 as project3,
    d.total::bigint * (120 + l2) / 1000 as language2,
    d.total::bigint * case when l3 < 110 then 0 else l3 / 2 end / 1000 as language3,
    d.total::bigint * (40 + c2 * 2 / 3) / 1000 as category2,
    d.total::bigint * case when c3 < 200 then 0 else c3 / 4 end / 1000 as category3,
    d.total::bigint * case when (p2 >= 90 and p3 >= 150) or e2 < 225 then 0 else 200 end / 1000 as editor2,
    d.total::bigint * case when l3 >= 110 or m2 < 220 then 0 else 300 end / 1000 as machine2 offset 0) part
  cross join lateral (values
    ('project'::coding_name_kind, (p.project_offset + d.day / ${raw(PROJECT_DAYS)}) % ${raw(PROJECTS.length)}, d.total - project2 - project3),
    ('project', (p.project_offset + d.day / ${raw(PROJECT_DAYS)} + 1) % ${raw(PROJECTS.length)}, project2),
    ('project', (p.project_offset + d.day / ${raw(PROJECT_DAYS)} + 2) % ${raw(PROJECTS.length)}, project3),
    ('language', p.stack * ${raw(STACK_SIZE)}, d.total - language2 - language3),
    ('language', p.stack * ${raw(STACK_SIZE)} + 1, language2),
    ('language', p.stack * ${raw(STACK_SIZE)} + 2 + l3 % 2, language3),
    ('category', 0, d.total - category2 - category3),
    ('category', 1 + c2 % 2, category2),
    ('category', 3 + c3 % 2, category3),
    ('editor', p.editor, d.total - editor2),
    ('editor', (p.editor + 1) % ${raw(EDITORS.length)}, editor2),
    ('operating_system', p.system, d.total),
    ('machine', p.key * 2, d.total - machine2),
    ('machine', p.key * 2 + 1, machine2),
    ('dependency', p.stack * ${raw(STACK_SIZE)} + d1 % ${raw(STACK_SIZE)}, d.total::bigint * (200 + d1) / 1000),
    ('dependency', p.stack * ${raw(STACK_SIZE)} + (d1 + 1) % ${raw(STACK_SIZE)},
      d.total::bigint * case when d2 < 128 then 0 else d2 end / 1000)
  ) item(kind, place, ms)
  join demo_name n on n.kind = item.kind and n.place = item.place
  where item.ms > 0 and ${where}`;
