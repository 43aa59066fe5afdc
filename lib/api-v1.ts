import type { Totals } from "@/db/queries/totals";
import type { UserOverview } from "@/db/queries/user-overview";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { spellTotal } from "@/lib/wakatime/summary-format";

/** The eight totals under their v1 names. */
export const toV1Stats = (totals: Totals) => ({
  total_users: totals.users,
  total_students: totals.students,
  total_instructors: totals.instructors,
  total_admins: totals.admins,
  active_batches: totals.activeBatches,
  total_certificates: totals.certificates,
  total_demos: totals.demos,
  users_with_wakatime: totals.usersWithWakatime,
});

/** v1's 7-day stats: null without a single day of data. */
export function toWakatimeStats(week: UserOverview["week"]) {
  const averageMs = dailyAverageMs(week.total_ms, week.days);
  if (week.total_ms === null || averageMs === null) return null;
  const total = spellTotal(week.total_ms);
  const average = spellTotal(averageMs);
  return {
    total_seconds: total.total_seconds,
    hours: total.hours,
    minutes: total.minutes,
    digital: total.digital,
    text: total.text,
    last_updated: week.last_synced_at,
    average_seconds: average.total_seconds,
    average_hours: average.hours,
    average_minutes: average.minutes,
    average_digital: average.digital,
    average_text: average.text,
    days_counted: week.days,
  };
}

export const toV1User = ({ week, student_detail, ...user }: UserOverview) => ({
  ...user,
  student_detail: student_detail && { ...student_detail, wakatime_stats: toWakatimeStats(week) },
});
