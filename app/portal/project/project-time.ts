import type { OwnAssignment } from "@/db/queries/portal-project";
import { batchDay } from "@/lib/batch-progress";
import { type DateString, daysBetween, earlier, later } from "@/lib/dates";
import { formatCount, formatDayDistance } from "@/lib/format";

type Dates = { startDate: DateString; endDate: DateString | null };

const days = (count: number): string => (count === 1 ? "1 day" : `${formatCount(count)} days`);

/** Where a project is in its time on the day `today`: the number to see first, and what it says. */
export function projectTime({ startDate, endDate }: Dates, today: DateString): { figure: string; words: string } {
  if (today < startDate) {
    return { figure: days(daysBetween(today, startDate)), words: "until it begins" };
  }
  if (!endDate)
    return { figure: `day ${formatCount(daysBetween(startDate, today) + 1)}`, words: "without an end so far" };
  if (today > endDate) return { figure: "over", words: `it ended ${formatDayDistance(endDate, today)}` };
  const { day, length } = batchDay({ startDate, endDate, today });
  const left = daysBetween(today, endDate);
  return {
    figure: `day ${formatCount(day)} of ${formatCount(length)}`,
    words: left === 0 ? "it ends today" : `${days(left)} left after today`,
  };
}

/** Percent of the line, from its left end. */
export type Bar = { left: number; width: number };
export type ProjectLine = { from: DateString; to: DateString; batch: Bar; project: Bar; today: number | null };

/**
 * Batch and project on one line of days, which begins with the first of them and ends with the last; a day is as wide as
 * any other, so that bars end where their last day does. A project without an end goes on to the end of the line.
 */
export function projectLine({
  project,
  batch,
  today,
}: Pick<OwnAssignment, "project" | "batch" | "today">): ProjectLine {
  const from = earlier(batch.startDate, project.startDate);
  const to = later(batch.endDate, project.endDate ?? later(project.startDate, today));
  const length = daysBetween(from, to) + 1;
  const percent = (count: number) => (count / length) * 100;
  const bar = (startDate: DateString, endDate: DateString): Bar => ({
    left: percent(daysBetween(from, startDate)),
    width: percent(daysBetween(startDate, endDate) + 1),
  });
  return {
    from,
    to,
    batch: bar(batch.startDate, batch.endDate),
    project: bar(project.startDate, project.endDate ?? to),
    today: today < from || today > to ? null : percent(daysBetween(from, today) + 0.5),
  };
}
