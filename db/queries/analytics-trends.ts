import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type MonthString, monthsUpTo } from "@/lib/analytics/months";
import { analyticsStatement, demoDay } from "./analytics-scope";
import type { AnalyticsNarrow, AnalyticsTrends } from "./analytics-shape";
import { constant } from "./fragments";

/** The month that is under way among them. */
export const TREND_MONTHS = 12;

type Counts = { students: number; certificates: number; demos: number };

/** An invitation is nobody's first day, and one that was withdrawn leaves nobody who ever came. */
const came = sql`en.status <> 'invited' and not (en.status = 'dropped' and exists (
  select from enrolment asked
  where asked.student_id = en.student_id and asked.status = 'invited' and asked.to_date = en.from_date))`;

type InYear = (day: SQL, slackDays?: number) => SQL;

const KINDS = {
  joined: (batchId: number | null, inYear: InYear) => {
    const here = (alias: string) => inBatch(alias, batchId);
    return sql`
      select 'joined' as kind, en.student_id, en.batch_id, en.from_date as day, null::text as label
      from f
      cross join enrolment en
      where ${inYear(sql`en.from_date`)} ${here("en")} and ${came}
        -- Nearly everybody's only one is shown from ever: nothing is earlier, and nothing has to be looked for.
        and (en.shown_from = '-infinity' or not exists (
          select from enrolment earlier
          where earlier.student_id = en.student_id and earlier.from_date < en.from_date and earlier.status <> 'invited' ${here("earlier")}))`;
  },
  issued: (batchId: number | null, inYear: InYear) => sql`
    select 'issued' as kind, c.student_id, null::int as batch_id, c.date_issued as day, c.name as label
    from f
    cross join certificate c
    ${within(sql`c.student_id`, sql`c.date_issued`, batchId)}
    where ${inYear(sql`c.date_issued`)} and c.revoked_at is null`,
  demoed: (batchId: number | null, inYear: InYear) => sql`
    select 'demoed' as kind, d.student_id, null::int as batch_id, ${demoDay} as day, d.title as label
    from f
    cross join demo d
    ${within(sql`d.student_id`, demoDay, batchId)}
    where ${inYear(demoDay)} ${batchId === null ? sql`and ${inYear(demoDayInUtc, 1)}` : sql``}`,
};

const inBatch = (alias: string, batchId: number | null) =>
  batchId === null ? sql`` : sql`and ${sql.raw(alias)}.batch_id = ${batchId}::int`;

/** As idx_demo_day has it; no zone is further from it than a day. */
const demoDayInUtc = sql`coalesce(d.demo_date, (d.created_at at time zone 'UTC')::date)`;

/** What somebody did belongs to the batch they were in on that day. */
const within = (student: SQL, day: SQL, batchId: number | null) =>
  batchId === null
    ? sql``
    : sql`join enrolment en on en.student_id = ${student} ${inBatch("en", batchId)} and en.status <> 'invited'
        and en.from_date <= ${day} and (en.to_date is null or en.to_date > ${day})`;

/** The first and the last day of the twelve months, or of a part of them. */
export function happenedWithin({ from, to }: AnalyticsNarrow): { since: SQL; upTo: SQL } {
  // Of a batch that is over up to the month in which it ended.
  const until = sql`(case when f.is_over then (date_trunc('month', f.end_date::timestamp) + interval '1 month - 1 day')::date else f.today end)`;
  const first = sql`(date_trunc('month', f.span_to::timestamp) - interval '1 month' * ${constant(TREND_MONTHS - 1)})::date`;
  return {
    since: from ? sql`greatest(${first}, ${from}::date)` : first,
    upTo: to ? sql`least(${until}, ${to}::date)` : until,
  };
}

/** The rows that the trends count, and that their lists show: who, when, and what. */
export function happened(kind: keyof typeof KINDS, batchId: number | null, narrow: AnalyticsNarrow = {}): SQL {
  const { since, upTo } = happenedWithin(narrow);
  return KINDS[kind](
    batchId,
    (day, slackDays = 0) => sql`${day} between ${since} - ${constant(slackDays)} and ${upTo} + ${constant(slackDays)}`,
  );
}

/**
 * What happened month by month, whoever is still there, in one statement. Carried by idx_enrolment_from,
 * idx_certificate_issued and idx_demo_day and, for one batch, idx_student_batch_id, idx_certificate_student and
 * idx_demo_student.
 */
export async function getAnalyticsTrends(db: Db, batchId: number | null, now: Date): Promise<AnalyticsTrends | null> {
  const row = await analyticsStatement<{ counts: Record<MonthString, Counts> | null }>(
    db,
    { batchId, period: 28 },
    now,
    () => ({
      parts: sql`happened as (
        select kind, day from (${happened("joined", batchId)}) j
        union all select kind, day from (${happened("issued", batchId)}) i
        union all select kind, day from (${happened("demoed", batchId)}) d
      )`,
      fields: sql`'counts', (
        select json_object_agg(month, json_build_object('students', students, 'certificates', certificates, 'demos', demos))
        from (
          select to_char(day, 'YYYY-MM') as month, coalesce(sum(times) filter (where kind = 'joined'), 0) as students,
            coalesce(sum(times) filter (where kind = 'issued'), 0) as certificates,
            coalesce(sum(times) filter (where kind = 'demoed'), 0) as demos
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
