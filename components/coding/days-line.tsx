import { Sparkline } from "@/components/charts/sparkline";
import type { CodingDay } from "@/lib/analytics/coding-weeks";
import { type DateString, eachDay } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";

type Props = { days: readonly CodingDay[]; from: DateString; to: DateString };

/** How the days of a total went, beside it. */
export function DaysLine({ days, from, to }: Props) {
  const byDate = new Map(days.map(({ date, totalMs }) => [date, totalMs]));
  const shown = eachDay(from, to).map((date) => ({ date, ms: byDate.get(date) ?? null }));
  const words = shown.map(
    ({ date, ms }) => `${formatDateWithWeekday(date)}: ${ms === null ? "no data" : formatDuration(ms)}`,
  );
  return <Sparkline values={shown.map(({ ms }) => ms)} label={`Day by day. ${words.join(", ")}`} />;
}
