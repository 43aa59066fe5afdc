import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AnalyticsListName } from "@/db/enums";
import { analyticsStatement, demoDay, HOURS_NOW, heldSessions, personFields } from "./analytics-scope";
import type { AnalyticsList, AnalyticsScope } from "./analytics-shape";

const BY_VALUE = sql`value desc nulls last`;
const BY_DAY = sql`on_day desc`;
const BY_NAME = sql`null::int`;

/** Rows `h.*` of `hours` with `value`, `label` and `on_day`, and what they are ordered by before the name. */
const LISTS: Record<AnalyticsListName, { rows: SQL; order: SQL }> = {
  students: {
    rows: sql`select h.*, h.now_ms as value, null::text as label, null::date as on_day from hours h`,
    order: BY_VALUE,
  },
  coded: {
    rows: sql`select h.*, h.now_ms as value, null::text as label, null::date as on_day from hours h where h.now_ms > 0`,
    order: BY_VALUE,
  },
  not_coded: {
    rows: sql`select h.*, h.now_ms as value, null::text as label, null::date as on_day from hours h where h.now_ms = 0`,
    order: BY_NAME,
  },
  no_data: {
    rows: sql`select h.*, null::float8 as value, null::text as label, null::date as on_day from hours h where h.now_ms is null`,
    order: BY_NAME,
  },
  certificates: {
    rows: sql`select h.*, null::float8 as value, c.name as label, c.date_issued as on_day
      from hours h
      join certificate c on c.student_id = h.student_id and c.revoked_at is null
        and c.date_issued between h.from_day and h.last_day`,
    order: BY_DAY,
  },
  demos: {
    rows: sql`select h.*, null::float8 as value, d.title as label, ${demoDay} as on_day
      from hours h
      cross join f
      join demo d on d.student_id = h.student_id and ${demoDay} between h.from_day and h.last_day`,
    order: BY_DAY,
  },
  presented: {
    rows: sql`select h.*, count(*)::float8 as value, null::text as label, max(s.session_date) as on_day
      from hours h
      join demo_signup g on g.student_id = h.student_id and g.status = 'presented'
      join held s on s.id = g.session_id
      group by h.student_id, h.user_id, h.batch_id, h.last_day, h.from_day, h.now_ms`,
    order: BY_VALUE,
  },
  not_presented: {
    rows: sql`select h.*, null::float8 as value, null::text as label, null::date as on_day
      from hours h
      where not exists (
        select from demo_signup g join held s on s.id = g.session_id
        where g.student_id = h.student_id and g.status = 'presented')`,
    order: BY_NAME,
  },
  with_demo: {
    rows: sql`select h.*, count(*)::float8 as value, null::text as label, max(${demoDay}) as on_day
      from hours h
      cross join f
      join demo d on d.student_id = h.student_id and ${demoDay} <= h.last_day
      group by h.student_id, h.user_id, h.batch_id, h.last_day, h.from_day, h.now_ms`,
    order: BY_VALUE,
  },
  without_demo: {
    rows: sql`select h.*, null::float8 as value, null::text as label, null::date as on_day
      from hours h
      cross join f
      where not exists (select from demo d where d.student_id = h.student_id and ${demoDay} <= h.last_day)`,
    order: BY_NAME,
  },
};

/** The list behind a number of the overview: as many rows as the number says, of the same statement's parts. */
export async function getAnalyticsList(
  db: Db,
  scope: AnalyticsScope,
  list: AnalyticsListName,
  page: { offset: number; limit: number } | null,
  now: Date,
): Promise<AnalyticsList | null> {
  const { rows, order } = LISTS[list];
  const some = page ? sql`offset ${page.offset}::int limit ${page.limit}::int` : sql``;
  return analyticsStatement<Omit<AnalyticsList, "frame">>(db, scope, now, (at) => ({
    parts: sql`${HOURS_NOW},
      held as materialized (${heldSessions(sql`f.span_from`, sql`f.span_to`, at)}),
      listed as materialized (${rows}),
      paged as (
        select l.*, row_number() over (order by ${order}, lower(u.name), l.student_id, l.label) as place
        from listed l join "user" u on u.id = l.user_id
        order by place ${some}
      )`,
    fields: sql`
      'total', (select count(*) from listed),
      'rows', (
        select coalesce(json_agg(json_build_object(${personFields}, 'value', m.value, 'label', m.label, 'on', m.on_day)
          order by m.place), '[]')
        from paged m
        join "user" u on u.id = m.user_id
        join batch b on b.id = m.batch_id)`,
  }));
}
