import { type SQL, sql } from "drizzle-orm";
import { type CodingDay, codingTotal } from "@/lib/analytics/coding-weeks";
import { goalWindow } from "@/lib/analytics/goal-window";
import type { DateString } from "@/lib/dates";
import { constant } from "./fragments";
import type { GoalProgress } from "./student-overview-shape";

/** The longest month: as far back as a goal looks. */
export const GOAL_DAYS = 31;

/** `days`, of a named goal only: what its language or project had on each of the days that are known. */
export type GoalRow = Omit<GoalProgress, "doneMs" | "from" | "to" | "daysWithRow"> & { days: CodingDay[] | null };

/**
 * A student's goals by slot, as a JSON array of GoalRow. A day whose details are not stored says nothing of a language,
 * unless nothing was coded on it. A name counts in whatever case: a goal may be older than its first day. Carried by
 * goal_slot, idx_daily_summary_user_date and primary keys; items are read once, and only for a named goal.
 */
export const goalsJson = (userId: SQL, studentId: SQL, today: SQL): SQL => sql`(
  with spent as materialized (
    select d.id as summary_id, n.kind, lower(n.name) as name, sum(i.ms) as ms
    from daily_summary d
    join daily_summary_item i on i.summary_id = d.id
    join coding_name n on n.id = i.name_id
    where d.user_id = ${userId} and d.date between ${today} - ${constant(GOAL_DAYS - 1)} and ${today}
      and (n.kind, lower(n.name)) in (select g.kind, lower(g.name) from goal g where g.student_id = ${studentId})
    group by d.id, n.kind, lower(n.name)
  )
  select coalesce(json_agg(json_build_object('id', g.id, 'slot', g.slot, 'period', g.period, 'kind', g.kind,
    'name', g.name, 'targetMs', g.target_ms, 'version', g.version, 'days', case when g.kind is not null then (
      select coalesce(json_agg(json_build_object('date', d.date, 'totalMs', coalesce(s.ms, 0)) order by d.date), '[]')
      from daily_summary d
      left join spent s on s.summary_id = d.id and s.kind = g.kind and s.name = lower(g.name)
      where d.user_id = ${userId} and d.date between ${today} - ${constant(GOAL_DAYS - 1)} and ${today}
        and (d.total_ms = 0 or exists (select from daily_summary_item any_item where any_item.summary_id = d.id))
    ) end) order by g.slot), '[]')
  from goal g
  where g.student_id = ${studentId})`;

/** A goal with what is done of it; `days` are those of all coding, at least the last 31. */
export function goalProgress({ days: own, ...goal }: GoalRow, days: readonly CodingDay[], today: DateString) {
  const { from, to } = goalWindow(goal.period, today);
  const { totalMs, daysWithRow } = codingTotal(own ?? days, from, today);
  return { ...goal, doneMs: totalMs, from, to, daysWithRow } satisfies GoalProgress;
}
