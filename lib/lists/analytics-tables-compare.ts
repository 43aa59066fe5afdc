import type { AnalyticsCompare, CompareSide } from "@/db/queries/analytics-shape";
import { addDays } from "@/lib/dates";
import type { AnalyticsOpening } from "./analytics-params";
import { type AnalyticsCell, type AnalyticsTable, percent, time } from "./analytics-table";

const FIGURES: [string, AnalyticsOpening["list"], (side: CompareSide) => AnalyticsCell][] = [
  ["Students", "students", ({ students }) => students],
  ["Students with data", "with_data", ({ withData }) => withData],
  ["Coding time, median", "with_data", ({ medianMs }) => time(medianMs)],
  ["Coded, percent of those with data", "coded", ({ coded }) => percent(coded)],
  ["Certificates", "certificates", ({ certificates }) => certificates],
  ["Demos", "demos", ({ demos }) => demos],
  ["Presented, percent", "presented", ({ presented }) => percent(presented)],
  ["With a demo, percent", "with_demo", ({ withDemo }) => percent(withDemo)],
];

const WEEK_DAYS = 7;

/** Two batches side by side: their numbers of as many days, and the median of each week of the batch. */
export function comparisonTables({ days, left, right }: AnalyticsCompare): AnalyticsTable[] {
  if (!left || !right) return [];
  const sides = [left, right];
  /** Days of a batch from its first one on. */
  const opening = (list: AnalyticsOpening["list"], { batch }: CompareSide, first: number, count: number) => ({
    ...{ list, of: batch.id },
    ...{ from: addDays(batch.startDate, first), to: addDays(batch.startDate, first + count - 1) },
  });
  const weeks = Math.max(left.weeks.length, right.weeks.length);
  return [
    {
      ...{ id: "numbers", title: `The first ${days ?? 0} days`, empty: "" },
      columns: [
        { label: "Number", kind: "text" },
        ...sides.map(({ batch }) => ({ label: batch.name, kind: "number" as const, none: "no data" })),
      ],
      rows:
        days === null
          ? []
          : FIGURES.map(([key, list, of]) => ({
              ...{ key, cells: [key, ...sides.map(of)] },
              opens: [null, ...sides.map((side) => opening(list, side, 0, days))],
            })),
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
        opens: [
          null,
          ...sides.flatMap((side) =>
            (["with_data", "with_data"] as const).map((list) =>
              side.weeks[index] ? opening(list, side, index * WEEK_DAYS, WEEK_DAYS) : null,
            ),
          ),
        ],
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
