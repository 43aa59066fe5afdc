import { z } from "zod";
import type { AnalyticsCoding, AnalyticsOverview, AnalyticsTrends } from "@/db/queries/analytics-shape";
import type { V1CodingActivity } from "@/db/queries/analytics-v1-coding";
import type { V1Engagement } from "@/db/queries/analytics-v1-engagement";
import { mondayOf } from "@/lib/analytics/coding-weeks";
import { isoWeekday } from "@/lib/analytics/streak";
import type { DateString } from "@/lib/dates";
import { idField } from "@/lib/form-fields";

/** One batch, or without it everybody in class. */
export const analyticsQuery = z.object({
  batch_id: z
    .string()
    .refine((value) => idField.safeParse(value).success, "An id is a whole number.")
    .transform(Number)
    .optional(),
});

const seconds = (ms: number) => ms / 1_000;
const mean = (total: number, students: number) => (students === 0 ? 0 : total / students);
/** v1 counts weekdays from Sunday, 0, to Saturday, 6. */
const weekday = (date: DateString) => isoWeekday(date) % 7;

export const toV1Overview = ({ ever }: Pick<AnalyticsOverview, "ever">) => ({
  total_students: ever.students,
  total_certificates: ever.certificates,
  total_demos: ever.demos,
  students_with_certificates: ever.studentsWithCertificate,
  students_with_demos: ever.studentsWithDemo,
  avg_certificates_per_student: mean(ever.certificates, ever.students),
  avg_demos_per_student: mean(ever.demos, ever.students),
});

export const toV1Trends = ({ months }: Pick<AnalyticsTrends, "months">) => ({
  labels: months.map(({ month }) => month),
  new_students: months.map(({ students }) => students),
  certificates_issued: months.map(({ certificates }) => certificates),
  demos_submitted: months.map(({ demos }) => demos),
});

export const toV1Engagement = ({ inactive7, inactive30, streaks, atRisk }: V1Engagement) => ({
  inactive_students_7d: inactive7,
  inactive_students_30d: inactive30,
  active_streaks: streaks.map(({ studentId, days, since, last }) => ({ student_id: studentId, days, since, last })),
  at_risk_students: atRisk,
});

/** `heatmap`: weekday, then the Monday of the week; v1 had the hour there, which a day does not know. */
export function toV1CodingActivity({ students, languages, days, inactive }: V1CodingActivity) {
  const heatmap: Record<number, Record<DateString, number>> = {};
  for (const { date, ms } of days) {
    const row = heatmap[weekday(date)] ?? {};
    heatmap[weekday(date)] = row;
    row[mondayOf(date)] = seconds(ms);
  }
  return {
    total_coding_seconds: seconds(students.reduce((sum, { ms }) => sum + ms, 0)),
    per_student: Object.fromEntries(students.map(({ studentId, ms }) => [studentId, seconds(ms)])),
    per_language: Object.fromEntries(languages.map(({ name, ms }) => [name, seconds(ms)])),
    heatmap,
    inactive_students: inactive,
  };
}

export const toV1DemoTrends = ({ months }: Pick<AnalyticsTrends, "months">) =>
  months.map(({ month, demos }) => ({ month, demos_submitted: demos }));

/** A date of which nobody has data has null seconds. */
export const toV1CodingTrends = ({ days }: Pick<AnalyticsCoding, "days">) =>
  days.map(({ date, totalMs, students, withData }) => ({
    date,
    total_seconds: totalMs === null ? null : seconds(totalMs),
    students_coding: students,
    students_with_data: withData,
  }));
