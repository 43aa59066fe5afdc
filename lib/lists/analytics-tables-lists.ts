import type { AnalyticsList, AnalyticsListName, Person } from "@/db/queries/analytics-shape";
import { type AnalyticsColumn, type AnalyticsTable, day, time } from "./analytics-table";

type Further = "time" | "label" | "times" | "on";
type About = { title: string; further: Partial<Record<Further, string>>; empty: string };

/** The lists behind the numbers: what each is called, and its columns beside student and batch. */
export const LISTS: Record<AnalyticsListName, About> = {
  students: { title: "Students", further: { time: "Coding time" }, empty: "Nobody is active." },
  coded: { title: "Coded", further: { time: "Coding time" }, empty: "Nobody has coded in these days." },
  not_coded: { title: "Did not code", further: {}, empty: "Everybody with data has coded." },
  no_data: { title: "No data", further: {}, empty: "Everybody has data." },
  certificates: {
    title: "Certificates",
    further: { label: "Certificate", on: "Issued" },
    empty: "No certificate was issued in these days.",
  },
  demos: { title: "Demos", further: { label: "Demo", on: "Dated" }, empty: "No demo was added in these days." },
  presented: {
    title: "Presented",
    further: { times: "Times", on: "Last on" },
    empty: "Nobody has presented in these days.",
  },
  not_presented: { title: "Did not present", further: {}, empty: "Everybody has presented." },
  with_demo: { title: "With a demo", further: { times: "Demos", on: "Latest" }, empty: "Nobody has a demo." },
  without_demo: { title: "Without a demo", further: {}, empty: "Everybody has a demo." },
};

export const studentHref = ({ studentId }: Person): string => `/admin/students/${studentId}`;

const COLUMNS: Record<Further, Omit<AnalyticsColumn, "label">> = {
  time: { kind: "time", none: "no data" },
  label: { kind: "text" },
  times: { kind: "number" },
  on: { kind: "date" },
};

export function listTable(list: AnalyticsListName, { rows, total }: AnalyticsList): AnalyticsTable {
  const { title, further, empty } = LISTS[list];
  const columns = Object.entries(further) as [Further, string][];
  return {
    ...{ id: list.replaceAll("_", "-"), title, empty, total },
    columns: [
      { label: "Student", kind: "text" },
      { label: "Batch", kind: "text" },
      ...columns.map(([name, label]) => ({ label, ...COLUMNS[name] })),
    ],
    rows: rows.map((row, place) => {
      const cells = { time: time(row.value), label: row.label, times: row.value, on: day(row.on) };
      return {
        key: place,
        href: studentHref(row),
        cells: [row.name, row.batchName, ...columns.map(([name]) => cells[name])],
      };
    }),
  };
}
