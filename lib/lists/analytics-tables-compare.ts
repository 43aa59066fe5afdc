import type { AnalyticsCompare, CompareSide } from "@/db/queries/analytics-shape";
import { type AnalyticsCell, type AnalyticsTable, percent, time } from "./analytics-table";

const FIGURES: [string, (side: CompareSide) => AnalyticsCell][] = [
  ["Students", ({ students }) => students],
  ["Students with data", ({ withData }) => withData],
  ["Coding time, median", ({ medianMs }) => time(medianMs)],
  ["Coded, percent of those with data", ({ coded }) => percent(coded)],
  ["Certificates", ({ certificates }) => certificates],
  ["Demos", ({ demos }) => demos],
  ["Presented, percent", ({ presented }) => percent(presented)],
  ["With a demo, percent", ({ withDemo }) => percent(withDemo)],
];

/** Two batches side by side: their numbers of as many days, and the median of each week of the batch. */
export function comparisonTables({ days, left, right }: AnalyticsCompare): AnalyticsTable[] {
  if (!left || !right) return [];
  const sides = [left, right];
  const weeks = Math.max(left.weeks.length, right.weeks.length);
  return [
    {
      ...{ id: "numbers", title: `The first ${days ?? 0} days`, empty: "" },
      columns: [
        { label: "Number", kind: "text" },
        ...sides.map(({ batch }) => ({ label: batch.name, kind: "number" as const, none: "no data" })),
      ],
      rows: days === null ? [] : FIGURES.map(([key, of]) => ({ key, cells: [key, ...sides.map(of)] })),
    },
    {
      ...{ id: "weeks", title: "Median by week of the batch", empty: "No week has begun." },
      columns: [
        { label: "Week", kind: "number" },
        ...sides.flatMap(({ batch }) => [
          { label: batch.name, kind: "time" as const, none: "no data" },
          { label: `${batch.name}, students with data`, kind: "number" as const },
        ]),
      ],
      rows: Array.from({ length: weeks }, (_, index) => ({
        key: index + 1,
        cells: [
          index + 1,
          ...sides.flatMap((side) => {
            const week = side.weeks[index];
            return [time(week?.medianMs ?? null), week?.withData ?? null];
          }),
        ],
      })),
    },
  ];
}
