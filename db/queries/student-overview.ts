import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { OverviewPeriod } from "@/db/enums";
import { PREPARED } from "@/db/prepared";
import { type CodingDay, codingTotal } from "@/lib/analytics/coding-weeks";
import { streak } from "@/lib/analytics/streak";
import { addDays, type DateString } from "@/lib/dates";
import { activeToday } from "./batch-state";
import { academyZone, constant, localDay, restDays, shownEnrolment, WEEK_DAYS } from "./fragments";
import { type GoalRow, goalProgress, goalsJson } from "./student-overview-goals";
import { itemsJson, itemsOf } from "./student-overview-items";
import { batchMedianJson } from "./student-overview-median";
import { nextSessionJson } from "./student-overview-session";
import type { NoMedian, OverviewSpan, OverviewSteps, StudentOverview } from "./student-overview-shape";
import { hasCoding, todayLiveJson, withToday } from "./student-overview-today";

export type * from "./student-overview-shape";

/** Weeks of the heat map, today's among them: also how far back the streak is followed. */
export const OVERVIEW_WEEKS = 53;
/** What is shown where the batch was asked for and there is none. */
const DAYS_WITHOUT_BATCH = 30;

type Row = Pick<
  StudentOverview,
  "zone" | "zoneOf" | "today" | "batch" | "connection" | "todayLive" | "restDays" | "batchMedian" | "nextSession"
> & {
  span: Pick<OverviewSpan, "instead" | "from" | "to" | "daysWithItems">;
  items: Parameters<typeof itemsOf>[0];
  days: CodingDay[];
  /** The first day that has a row, ever. */
  firstData: DateString | null;
  firstDay: DateString | null;
  holidays: DateString[];
  paused: { from: DateString; to: DateString | null }[];
  goals: GoalRow[];
  steps: Omit<OverviewSteps, "hasPlace" | "canSignUp">;
};

/** `span` (from_date, to_date, instead) of `p`: the days asked for, or the student's own time in the batch. */
const spanOf = (period: OverviewPeriod): SQL => {
  const trailing = (days: number) => sql`p.today - ${constant(days - 1)}`;
  if (period !== "batch")
    return sql`select ${trailing(period)} as from_date, p.today as to_date, null as instead from p`;
  return sql`
    select case when there.instead is null then there.from_date else ${trailing(DAYS_WITHOUT_BATCH)} end as from_date,
      case when there.instead is null then there.to_date else p.today end as to_date, there.instead
    from p
    cross join lateral (
      select own.from_date, own.to_date,
        case when p.batch_id is null then 'no_batch' when own.from_date > own.to_date then 'not_begun' end as instead
      from (
        select greatest(p.start_date, (select min(en.from_date) from enrolment en
            where en.student_id = p.student_id and en.batch_id = p.batch_id)) as from_date,
          least(p.today, p.end_date, p.to_date - 1) as to_date
      ) own
    ) there`;
};

/**
 * Everything on the start page of a student, in one statement. Carried by idx_enrolment_student,
 * idx_daily_summary_user_date (days and the week of each of the batch, index-only), the items' primary key,
 * idx_demo_session_date, idx_demo_student, idx_assignment_one_open and goal_slot. WakaTime is not asked.
 */
export async function getStudentOverview(
  db: Db,
  userId: number,
  period: OverviewPeriod,
  now: Date,
): Promise<StudentOverview> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  const heatFrom = sql`p.today - ${constant(OVERVIEW_WEEKS * WEEK_DAYS - 1)}`;
  const [row] = await db.execute<{ overview: Row }>(sql`${PREPARED}
    with p as materialized (
      select u.id as user_id, u.time_zone as own_zone, u.email_verified_at, st.id as student_id,
        e.batch_id, e.batch_name, e.status, e.to_date, e.batch_time_zone, b.start_date, b.end_date,
        ${zone} as zone, ${localDay(at, zone)} as today,
        coalesce((select ${activeToday(localDay(at, sql`e.batch_time_zone`))}
          from (select e.status, e.from_date, e.to_date) en), false) as in_class
      from "user" u
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(at)} on true
      left join batch b on b.id = e.batch_id
      where u.id = ${userId}
    ), span as materialized (
      ${spanOf(period)}
    ), chosen as materialized (
      select d.id, d.total_ms from p cross join span
      join daily_summary d on d.user_id = p.user_id and d.date between span.from_date and span.to_date
    )
    select json_build_object(
      'zone', p.zone, 'today', p.today,
      'zoneOf', case when p.own_zone is not null then 'student' when p.batch_time_zone is not null then 'batch'
        else 'academy' end,
      'batch', case when p.batch_id is not null then json_build_object('id', p.batch_id, 'name', p.batch_name,
        'status', p.status, 'startDate', p.start_date, 'endDate', p.end_date, 'inClass', p.in_class) end,
      'connection', case when c.id is not null then
        json_build_object('status', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at) end,
      'todayLive', ${todayLiveJson(sql`p.user_id`, sql`p.today`)},
      'span', json_build_object('instead', span.instead, 'from', span.from_date, 'to', span.to_date,
        'daysWithItems', (
          select count(*) from chosen where chosen.total_ms > 0
            and exists (select from daily_summary_item i where i.summary_id = chosen.id))),
      'items', ${itemsJson},
      'days', (
        select coalesce(json_agg(json_build_object('date', d.date, 'totalMs', d.total_ms) order by d.date), '[]')
        from daily_summary d
        where d.user_id = p.user_id and d.date between least(${heatFrom}, span.from_date) and p.today),
      'firstData', (select min(d.date) from daily_summary d where d.user_id = p.user_id),
      'firstDay', (select min(en.from_date) from enrolment en where en.student_id = p.student_id),
      'restDays', ${restDays},
      'holidays', (
        select coalesce(json_agg(h.date), '[]') from holiday h where h.date between ${heatFrom} and p.today),
      'paused', (
        select coalesce(json_agg(json_build_object('from', en.from_date, 'to', en.to_date)), '[]')
        from enrolment en where en.student_id = p.student_id and en.status = 'paused'),
      'batchMedian', ${batchMedianJson(at, sql`p.batch_id`, sql`p.in_class`)},
      'goals', ${goalsJson(sql`p.user_id`, sql`p.student_id`, sql`p.today`)},
      'nextSession', ${nextSessionJson(at, sql`p.student_id`, sql`p.batch_id`)},
      'steps', json_build_object(
        'hasOwnZone', p.own_zone is not null, 'emailConfirmed', p.email_verified_at is not null,
        'hasData', ${hasCoding(sql`p.user_id`)},
        'demos', (select count(*) from demo d where d.student_id = p.student_id),
        'project', (
          select json_build_object('assignmentId', a.id, 'name', pr.name, 'status', a.status,
            'hasResume', a.resume_url is not null, 'hasLinkedin', a.linkedin_url is not null)
          from assignment a join project pr on pr.id = a.project_id
          where a.student_id = p.student_id and a.status in ('assigned', 'active')))
    ) as overview
    from p
    cross join span
    left join connection c on c.user_id = p.user_id`);
  if (!row) throw new Error("a signed-in student has no user row");
  return composed(row.overview, period);
}

const isToCome = (status: string | undefined): boolean => status === "scheduled" || status === "waitlisted";

function composed(
  { span, items, days: stored, firstData, firstDay, holidays, paused, ...row }: Row,
  asked: OverviewPeriod,
) {
  const { today, batch, nextSession } = row;
  // Every number speaks of the same today.
  const days = withToday(stored, today, row.todayLive);
  const within = (from: DateString, to: DateString) => days.filter(({ date }) => date >= from && date <= to);
  const weekFrom = addDays(today, 1 - WEEK_DAYS);
  const week = codingTotal(days, weekFrom, today);
  const heatFrom = addDays(today, 1 - OVERVIEW_WEEKS * WEEK_DAYS);
  const heatDays = within(heatFrom, today);
  const readFrom = firstData !== null && firstData < heatFrom ? heatFrom : null;
  const noMedian: NoMedian | null = !batch
    ? "no_batch"
    : !batch.inClass
      ? "not_in_class"
      : row.batchMedian
        ? null
        : "too_few";
  return {
    ...row,
    todayMs: codingTotal(days, today, today).totalMs,
    week: { totalMs: week.totalMs, days: week.daysWithRow, from: weekFrom },
    period: { asked, ...span, ...codingTotal(days, span.from, span.to), days: within(span.from, span.to) },
    items: itemsOf(items),
    heat: { days: heatDays, weeks: OVERVIEW_WEEKS, firstDay },
    streak: streak(heatDays, { today, restDays: row.restDays, holidays, paused, readFrom }),
    noMedian,
    goals: row.goals.map((goal) => goalProgress(goal, days, today)),
    steps: {
      ...row.steps,
      hasPlace: nextSession !== null && !nextSession.hasBegun && isToCome(nextSession.signup?.status),
      canSignUp:
        batch?.inClass === true &&
        nextSession !== null &&
        !nextSession.signup &&
        nextSession.state !== "closed" &&
        !nextSession.hasBegun,
    },
  } satisfies StudentOverview;
}
