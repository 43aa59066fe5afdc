import type { AnalyticsPeriod } from "@/db/enums";
import type { Part } from "@/db/queries/analytics-shape";
import { formatCount } from "@/lib/format";
import type { AnalyticsTab, CodingBy } from "@/lib/lists/analytics-params";

export const TAB_LABELS: Record<AnalyticsTab, string> = {
  overview: "Overview",
  trends: "Trends",
  participation: "Participation",
  coding: "Coding",
  "heat-map": "Heat map",
  inactive: "Inactive coders",
  compare: "Compare",
};

export const BY_LABELS: Record<CodingBy, string> = {
  day: "By day",
  student: "By student",
  language: "Languages",
  project: "Projects",
  editor: "Editors",
  operating_system: "Systems",
};

export const periodLabel = (period: AnalyticsPeriod): string => (period === "batch" ? "Whole batch" : `${period} days`);

export { spanWords } from "@/lib/lists/analytics-days";

export const studentsWords = (count: number): string => (count === 1 ? "1 student" : `${formatCount(count)} students`);

/** Whole percents in words; what is not nobody is not 0, and what is not everybody is not 100. */
export function shareWords({ part, of }: Part): string {
  if (of === 0) return "–";
  const percent = Math.round((part / of) * 100);
  if (percent === 0 && part > 0) return "< 1 %";
  return percent === 100 && part < of ? "> 99 %" : `${percent} %`;
}

export const partWords = ({ part, of }: Part): string => `${formatCount(part)} of ${formatCount(of)}`;

const signed = (change: number, words: string) => (change === 0 ? "no change" : `${change > 0 ? "+" : "−"}${words}`);

/** `+3`, `−12`, `no change` against the period before. */
export const countChange = (now: number, before: number): string =>
  signed(now - before, formatCount(Math.abs(now - before)));

/** In points of a percent: a share of a share would be read as something else. */
export function shareChange(now: Part, before: Part): string | null {
  if (now.of === 0 || before.of === 0) return null;
  const points = Math.round((now.part / now.of) * 100) - Math.round((before.part / before.of) * 100);
  return signed(points, `${Math.abs(points)} ${Math.abs(points) === 1 ? "point" : "points"}`);
}
