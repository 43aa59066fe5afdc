import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type DetailKind, detailKinds } from "@/db/enums";
import { analyticsStatement } from "./analytics-scope";
import type { AnalyticsDetails, AnalyticsScope } from "./analytics-shape";
import { constant } from "./fragments";
import { NO_ITEMS } from "./student-overview-items";
import type { KindItems } from "./student-overview-shape";

/** How many of a kind are named; the rest is one sum. */
const DETAILS_NAMED = 20;
/** What stands for the projects of who hides their names. */
export const HIDDEN_PROJECTS = "Hidden projects";

type Row = { kinds: Partial<Record<DetailKind, KindItems>> | null; codingMs: number | null };

/**
 * What coding time was spent on, in one statement: the days of who counts by idx_daily_summary_user_date, and then, for
 * each of them at once, the items of all their days. As an array the days that lie side by side in the items' key are
 * found by one descent and not by one each, which is half of the cost.
 */
export async function getAnalyticsDetails(
  db: Db,
  scope: AnalyticsScope,
  { kind: only = null, hideProjects }: { kind?: DetailKind | null; hideProjects: boolean },
  now: Date,
): Promise<AnalyticsDetails | null> {
  const kinds = sql.raw((only ? [only] : detailKinds).map((kind) => `'${kind}'`).join(", "));
  const hiding = hideProjects && (only === null || only === "project");
  const hides = hiding ? sql`u.hide_project_names, ` : sql``;
  const name = hiding
    ? sql`case when s.hide_project_names and n.kind = 'project' then ${HIDDEN_PROJECTS} else n.name end`
    : sql`n.name`;
  const row = await analyticsStatement<Row>(db, scope, now, () => ({
    parts: sql`
      own as materialized (
        select m.user_id, c.ids, c.ms
        from member m
        cross join lateral (
          select array_agg(d.id) as ids, sum(d.total_ms)::float8 as ms
          from daily_summary d
          where d.user_id = m.user_id and d.date between m.from_day and m.last_day and d.total_ms > 0
        ) c
      ), wanted as materialized (
        select array_agg(n.id) as ids from coding_name n where n.kind in (${kinds})
      ), spent as materialized (
        -- Summed before they are named: a language is looked up once, not once a day.
        select ${hides}i.name_id, sum(i.ms)::float8 as ms
        from own o
        ${hiding ? sql`join "user" u on u.id = o.user_id` : sql``}
        cross join lateral (
          select i.name_id, sum(i.ms) as ms from daily_summary_item i where i.summary_id = any(o.ids) and i.name_id = any((select ids from wanted)::int[])
          group by i.name_id
        ) i
        group by ${hides}i.name_id
      ), named as materialized (
        select n.kind, ${name} as name, sum(s.ms) as ms
        from spent s
        join coding_name n on n.id = s.name_id and n.kind in (${kinds})
        where s.ms > 0
        group by 1, 2
      )`,
    fields: sql`
      'codingMs', (select sum(ms) from own),
      'kinds', (
        select json_object_agg(kind, own)
        from (
          select kind, json_build_object(
            'top', json_agg(json_build_object('name', name, 'ms', ms) order by place) filter (where place <= ${constant(DETAILS_NAMED)}),
            'restMs', coalesce(sum(ms) filter (where place > ${constant(DETAILS_NAMED)}), 0),
            'restCount', count(*) filter (where place > ${constant(DETAILS_NAMED)}), 'totalMs', sum(ms)) as own
          from (select *, row_number() over (partition by kind order by ms desc, name) as place from named) ranked
          group by kind
        ) by_kind)`,
  }));
  if (!row) return null;
  const of = (kind: DetailKind) => row.kinds?.[kind] ?? NO_ITEMS;
  return {
    frame: row.frame,
    kinds: {
      language: of("language"),
      project: of("project"),
      editor: of("editor"),
      operating_system: of("operating_system"),
    },
    codingMs: row.codingMs,
  };
}
