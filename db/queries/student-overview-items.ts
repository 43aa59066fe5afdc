import { type SQL, sql } from "drizzle-orm";
import { type OverviewKind, overviewKinds } from "@/db/enums";
import { constant } from "./fragments";
import type { KindItems } from "./student-overview-shape";

/** How many of a kind are named; the rest is one sum. */
const NAMED = 10;

export const NO_ITEMS: KindItems = { top: [], restMs: 0, restCount: 0, totalMs: 0 };

const shownKinds = sql.raw(overviewKinds.map((kind) => `'${kind}'`).join(", "));

/** What the days of `chosen` (id) were spent on, by kind, as a JSON object without the kinds that have nothing. */
export const itemsJson: SQL = sql`(
  select json_object_agg(kind, own)
  from (
    select kind, json_build_object(
      'top', json_agg(json_build_object('name', name, 'ms', ms) order by place)
        filter (where place <= ${constant(NAMED)}),
      'restMs', coalesce(sum(ms) filter (where place > ${constant(NAMED)}), 0),
      'restCount', count(*) filter (where place > ${constant(NAMED)}),
      'totalMs', sum(ms)) as own
    from (
      select n.kind, n.name, i.ms, row_number() over (partition by n.kind order by i.ms desc, n.name) as place
      from (
        -- Summed before they are named: a language is looked up once, not once a day.
        select i.name_id, sum(i.ms)::float8 as ms
        from chosen
        cross join lateral (select * from daily_summary_item i where i.summary_id = chosen.id) i
        group by i.name_id
      ) i
      join coding_name n on n.id = i.name_id
      where n.kind in (${shownKinds}) and i.ms > 0
    ) ranked
    group by kind
  ) by_kind)`;

export const itemsOf = (found: Partial<Record<OverviewKind, KindItems>> | null): Record<OverviewKind, KindItems> => {
  const of = (kind: OverviewKind) => found?.[kind] ?? NO_ITEMS;
  return {
    language: of("language"),
    project: of("project"),
    editor: of("editor"),
    dependency: of("dependency"),
    operating_system: of("operating_system"),
    category: of("category"),
  };
};
