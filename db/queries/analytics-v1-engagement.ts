import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { STREAK_MINUTES, STREAK_MISSING_DAYS, type Streak, streak } from "@/lib/analytics/streak";
import type { DateString } from "@/lib/dates";
import { analyticsStatement } from "./analytics-scope";
import { NO_PERIOD, seenIn } from "./analytics-v1-seen";
import { constant, restDays, WEEK_DAYS } from "./fragments";
import { OVERVIEW_WEEKS } from "./student-overview";

const STREAK_MS = STREAK_MINUTES * 60_000;

export type StreakRow = { studentId: number } & Pick<Streak, "days" | "since" | "last">;

export type V1Engagement = {
  inactive7: number;
  inactive30: number;
  /** The longest first. */
  streaks: StreakRow[];
  /** Students whose band is `watch` or `act`, those with most points first. */
  atRisk: number[];
};

type Pause = { from: DateString; to: DateString | null };
/** `dates` are those that `streak` has to count; null where `days` is what it would say. */
type StreakFacts = StreakRow & { today: DateString; dates: [DateString, number][] | null; paused: Pause[] };
type EngagementRow = Omit<V1Engagement, "streaks"> & {
  restDays: number[];
  holidays: DateString[];
  streaks: StreakFacts[];
};

/**
 * Engagement in one statement. Of each who counts only the days back to the last one that ended a streak are read, by
 * idx_daily_summary_user_date alone. All that counts of them is the streak, unless so many dates are missing that these
 * could have ended it, or there was a pause: then `streak` is asked. Bands by idx_risk_band_state.
 */
export async function getV1Engagement(
  db: Db,
  batchId: number | null,
  now: Date,
  freshHours: number,
): Promise<V1Engagement | null> {
  const first = sql`m.last_day - ${constant(OVERVIEW_WEEKS * WEEK_DAYS - 1)}`;
  const counts = sql`d.total_ms >= ${constant(STREAK_MS)}`;
  const row = await analyticsStatement<EngagementRow>(db, { batchId, period: NO_PERIOD }, now, (at) => ({
    parts: sql`${seenIn([7, 30], batchId, at, freshHours)},
      calendar as materialized (select ${restDays} as rest_days),
      coding as materialized (
        select m.student_id, m.user_id, m.last_day, ended.day as from_day, own.*, p.paused,
          own.is_long or p.paused is not null as is_asked
        from member m
        cross join lateral (
          select json_agg(json_build_object('from', p.from_date, 'to', p.to_date)) as paused
          from enrolment p where p.student_id = m.student_id and p.status = 'paused'
        ) p
        cross join lateral (
          select coalesce(max(d.date), ${first}) as day
          from (
            select d.date
            from daily_summary d
            cross join calendar c
            where p.paused is null and d.user_id = m.user_id and d.date between ${first} and m.last_day - 1 and not ${counts}
              and not c.rest_days @> to_jsonb(extract(isodow from d.date)::int)
              and not exists (select from holiday h where h.date = d.date)
            order by d.date desc limit 1
          ) d
        ) ended
        cross join lateral (
          select count(*) filter (where ${counts}) as days, min(d.date) filter (where ${counts}) as since,
            max(d.date) filter (where ${counts}) as last, m.last_day - min(d.date) + 1 - count(*) > ${constant(STREAK_MISSING_DAYS)} as is_long
          from daily_summary d
          where d.user_id = m.user_id and d.date between ended.day and m.last_day
        ) own
        where own.days > 0
      )`,
    fields: sql`
      'inactive7', (select count(*) from seen where inactive_7),
      'inactive30', (select count(*) from seen where inactive_30),
      'atRisk', (
        select coalesce(json_agg(r.student_id order by r.points desc, r.student_id), '[]')
        from member m
        join risk_band r on r.student_id = m.student_id and r.to_date is null and r.state in ('watch', 'act')),
      'restDays', (select rest_days from calendar),
      'holidays', (select coalesce(json_agg(h.date), '[]') from holiday h),
      'streaks', (
        select coalesce(json_agg(json_build_object('studentId', c.student_id, 'days', c.days, 'since', c.since, 'last', c.last,
          'today', c.last_day, 'paused', coalesce(c.paused, '[]'), 'dates', case when c.is_asked then (
            select json_agg(json_build_array(d.date, d.total_ms))
            from daily_summary d
            where d.user_id = c.user_id and d.date between c.from_day and c.last_day) end)), '[]')
        from coding c)`,
  }));
  if (!row) return null;
  const { inactive7, inactive30, atRisk, restDays: rest, holidays } = row;
  const streaks = row.streaks
    .map(({ studentId, today, dates, paused, ...counted }): StreakRow => {
      if (!dates) return { studentId, ...counted };
      const coding = dates.map(([date, totalMs]) => ({ date, totalMs }));
      const { days, since, last } = streak(coding, { today, restDays: rest, holidays, paused });
      return { studentId, days, since, last };
    })
    .filter((each) => each.days > 0)
    .sort((a, b) => b.days - a.days || a.studentId - b.studentId);
  return { inactive7, inactive30, atRisk, streaks };
}
