import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type MonthString, monthsUpTo } from "@/lib/analytics/months";
import { analyticsStatement, demoDay } from "./analytics-scope";
import type { AnalyticsTrends } from "./analytics-shape";
import { constant } from "./fragments";

/** The month that is under way among them. */
export const TREND_MONTHS = 12;

type Counts = { students: number; certificates: number; demos: number };

/** An invitation is nobody's first day, and one that was withdrawn leaves nobody who ever came. */
const came = sql`en.status <> 'invited' and not (en.status = 'dropped' and exists (
  select from enrolment asked
  where asked.student_id = en.student_id and asked.status = 'invited' and asked.to_date = en.from_date))`;

/**
 * What happened month by month, whoever is still there, in one statement. Carried by idx_certificate_issued and, for one
 * batch, idx_student_batch_id, idx_certificate_student and idx_demo_student; demos and enrolments of everybody are read
 * once from end to end, which are small tables.
 */
export async function getAnalyticsTrends(db: Db, batchId: number | null, now: Date): Promise<AnalyticsTrends | null> {
  // Of a batch that is over up to the month in which it ended.
  const until = sql`(case when f.is_over then (date_trunc('month', f.end_date::timestamp) + interval '1 month - 1 day')::date else f.today end)`;
  const from = sql`(date_trunc('month', f.span_to::timestamp) - interval '1 month' * ${constant(TREND_MONTHS - 1)})::date`;
  const inYear = (day: SQL) => sql`${day} between ${from} and ${until}`;
  const here = (alias: string) => (batchId === null ? sql`` : sql`and ${sql.raw(alias)}.batch_id = ${batchId}::int`);
  // What somebody did belongs to the batch they were in on that day.
  const within = (student: SQL, day: SQL) =>
    batchId === null
      ? sql``
      : sql`join enrolment en on en.student_id = ${student} ${here("en")} and en.status <> 'invited'
          and en.from_date <= ${day} and (en.to_date is null or en.to_date > ${day})`;
  const row = await analyticsStatement<{ counts: Record<MonthString, Counts> | null }>(
    db,
    { batchId, period: 28 },
    now,
    () => ({
      parts: sql`happened as (
        select 'students' as kind, en.from_date as day
        from f
        cross join enrolment en
        where ${inYear(sql`en.from_date`)} ${here("en")} and ${came} and not exists (
          select from enrolment earlier
          where earlier.student_id = en.student_id and earlier.from_date < en.from_date and earlier.status <> 'invited' ${here("earlier")})
        union all
        select 'certificates', c.date_issued
        from f
        cross join certificate c
        ${within(sql`c.student_id`, sql`c.date_issued`)}
        where ${inYear(sql`c.date_issued`)} and c.revoked_at is null
        union all
        select 'demos', ${demoDay}
        from f
        cross join demo d
        ${within(sql`d.student_id`, demoDay)}
        where ${inYear(demoDay)}
      )`,
      fields: sql`'counts', (
        select json_object_agg(month, json_build_object('students', students, 'certificates', certificates, 'demos', demos))
        from (
          select to_char(day, 'YYYY-MM') as month, coalesce(sum(times) filter (where kind = 'students'), 0) as students,
            coalesce(sum(times) filter (where kind = 'certificates'), 0) as certificates,
            coalesce(sum(times) filter (where kind = 'demos'), 0) as demos
          from (select kind, day, count(*) as times from happened group by kind, day) by_day
          group by 1
        ) by_month)`,
    }),
  );
  if (!row) return null;
  const months = monthsUpTo(row.frame.batch?.isOver ? row.frame.batch.endDate : row.frame.today, TREND_MONTHS).map(
    (month) => ({
      month,
      ...(row.counts?.[month] ?? { students: 0, certificates: 0, demos: 0 }),
    }),
  );
  return { frame: row.frame, months };
}
