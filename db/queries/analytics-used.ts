import { type SQL, sql } from "drizzle-orm";
import { HIDDEN_PROJECTS } from "./analytics-details";
import type { AnalyticsUsed } from "./analytics-shape";

/**
 * Who of `who` has time in one language, project, editor or operating system, and how much: rows of analytics-list.ts,
 * of the same days and items as the sums of analytics-details.ts. Where project names are hidden, whoever hides theirs is
 * behind HIDDEN_PROJECTS, with all of them, and behind no name.
 */
export function usedRows({ kind, name, hideProjects }: AnalyticsUsed): SQL {
  const ofKind = sql`select n.id from coding_name n where n.kind = ${sql.raw(`'${kind}'`)}`;
  const named = sql`array(${ofKind} and n.name = ${name})`;
  const hiding = hideProjects && kind === "project";
  const hidden = name === HIDDEN_PROJECTS ? sql`array(${ofKind})` : sql`'{}'::int[]`;
  return sql`
    select h.student_id, h.batch_id, t.ms as value, null::text as label, null::date as on_day
    from who h
    ${hiding ? sql`join "user" u on u.id = h.user_id` : sql``}
    cross join lateral (
      select array_agg(d.id) as ids
      from daily_summary d
      where d.user_id = h.user_id and d.date between h.from_day and h.last_day and d.total_ms > 0
    ) c
    cross join lateral (
      select sum(i.ms)::float8 as ms
      from daily_summary_item i
      where i.summary_id = any(c.ids)
        and i.name_id = any(${hiding ? sql`case when u.hide_project_names then ${hidden} else ${named} end` : named})
    ) t
    where t.ms > 0`;
}
