import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { formatDuration } from "@/lib/format";

const words = (ms: number | null) => (ms === null ? null : formatDuration(ms));

/** The 7-day total and the daily average of a row. No data stays empty: it is not a zero. */
export const weekWords = ({ weekMs, weekDays }: { weekMs: number | null; weekDays: number }) => ({
  week: words(weekMs),
  average: words(dailyAverageMs(weekMs, weekDays)),
});
