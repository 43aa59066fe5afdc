import { Sparkline } from "@/components/charts/sparkline";
import { addDays, type DateString } from "@/lib/dates";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";

/** `times` are those of `from` and the days after it; null is no data. */
type Props = { from: DateString; times: readonly (number | null)[] };

/** How the days of a total went, beside it. */
export function DaysLine({ from, times }: Props) {
  const words = times.map(
    (ms, place) => `${formatDateWithWeekday(addDays(from, place))}: ${ms === null ? "no data" : formatDuration(ms)}`,
  );
  return <Sparkline values={times} label={`Day by day. ${words.join(", ")}`} />;
}
