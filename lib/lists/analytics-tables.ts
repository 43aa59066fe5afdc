import type * as Shape from "@/db/queries/analytics-shape";
import { monthDays } from "@/lib/analytics/months";
import { shares } from "@/lib/analytics/shares";
import type { AnalyticsView, DetailView } from "./analytics-load";
import type { AnalyticsOpening } from "./analytics-params";
import { type AnalyticsColumn, type AnalyticsTable, day, percent, time } from "./analytics-table";
import { comparisonTables } from "./analytics-tables-compare";
import { listTable, studentHref } from "./analytics-tables-lists";

const text = (label: string): AnalyticsColumn => ({ label, kind: "text" });
const number = (label: string, none?: string): AnalyticsColumn => ({ label, kind: "number", ...(none && { none }) });
const duration = (label: string): AnalyticsColumn => ({ label, kind: "time", none: "no data" });

/** Everything that a tab shows, as tables: the first one is the file where none is named. */
export function tablesOf(shown: AnalyticsView): AnalyticsTable[] {
  switch (shown.view) {
    case "overview":
      return overviewTables(shown.data);
    case "list":
      return [listTable(shown.list, shown.data, shown.used)];
    case "trends":
      return [trendsTable(shown.data)];
    case "participation":
      return participationTables(shown.data);
    case "coding":
      return shown.by === "day" ? dayTables(shown.data) : studentTables(shown.data);
    case "details":
      return [detailTable(shown)];
    case "heat-map":
      return [heatTable(shown.data)];
    case "inactive":
      return inactiveTables(shown.data);
    case "compare":
      return comparisonTables(shown.data);
  }
}

type Named = Shape.AnalyticsListName;
const HOUR_MS = 3_600_000;

function overviewTables(data: Shape.AnalyticsOverview): AnalyticsTable[] {
  const was = (list: Named): AnalyticsOpening => ({ list, when: "before" });
  const part = (key: string, list: Named, of: Named, { now, before }: Shape.PartFigure) => ({
    key,
    cells: [key, now.part, now.of, percent(now), before?.part ?? null, before?.of ?? null, before && percent(before)],
    opens: [null, { list }, { list: of }, { list }, was(list), was(of), was(list)],
  });
  const count = (key: string, list: Named, { now, before }: Shape.Figure, former = was(list)) => ({
    key,
    cells: [key, now, null, null, before, null, null],
    opens: [null, { list }, null, null, former],
  });
  const ever = (list: Named): AnalyticsOpening => ({ list, when: "ever" });
  const { medianMs } = data;
  return [
    {
      id: "numbers",
      title: "Numbers",
      empty: "",
      columns: [
        text("Number"),
        ...["Now", "of", "percent", "Before", "of, before", "percent, before"].map((label) => number(label)),
      ],
      rows: [
        count("Active students", "students", data.students, { list: "were_active" }),
        part("Students with data", "with_data", "students", medianMs.withData),
        {
          key: "median",
          cells: ["Coding time, median", time(medianMs.now), null, null, time(medianMs.before), null, null],
          opens: [null, { list: "with_data" }, null, null, was("with_data")],
        },
        part("Students who coded", "coded", "with_data", data.coded),
        count("Certificates", "certificates", data.certificates),
        count("Demos", "demos", data.demos),
        part("Students who presented", "presented", "students", data.presented),
        part("Students with a demo", "with_demo", "students", data.withDemo),
      ],
    },
    {
      id: "ever",
      title: "Ever, of the same students",
      empty: "",
      columns: [text("Number"), number("Total"), number("Students with one")],
      rows: [
        {
          key: "certificates",
          cells: ["Certificates", data.ever.certificates, data.ever.studentsWithCertificate],
          opens: [null, ever("certificates"), ever("with_certificate")],
        },
        {
          key: "demos",
          cells: ["Demos", data.ever.demos, data.ever.studentsWithDemo],
          opens: [null, ever("demos"), ever("with_demo")],
        },
      ],
    },
  ];
}

const trendsTable = ({ months }: Shape.AnalyticsTrends): AnalyticsTable => ({
  id: "months",
  title: "By month",
  empty: "",
  columns: [text("Month"), number("New students"), number("Certificates"), number("Demos")],
  rows: months.map(({ month, students, certificates, demos }) => ({
    key: month,
    cells: [{ month }, students, certificates, demos],
    opens: [null, ...(["joined", "issued", "demoed"] as const).map((list) => ({ list, ...monthDays(month) }))],
  })),
});

const PLACES = ["places_taken", "places_presented", "places_missed", "places_unmarked", "places_waiting"] as const;

const participationTables = ({ sessions, times }: Shape.AnalyticsParticipation): AnalyticsTable[] => [
  {
    id: "sessions",
    title: "Sessions held",
    empty: "No demo session was held in these days.",
    columns: [
      text("Session"),
      { label: "Date", kind: "date" },
      number("Places", "no limit"),
      ...["Taken", "Presented", "Missed", "Not marked", "Waiting"].map((label) => number(label)),
      number("Rating"),
      number("Ratings"),
    ],
    rows: sessions.map((each) => ({
      key: each.id,
      href: `/admin/demo-sessions/${each.id}`,
      cells: [
        ...[each.title, day(each.date), each.places, each.taken, each.presented, each.noShow, each.unmarked],
        ...[each.waitlisted, each.ratingMean === null ? null : Math.round(each.ratingMean * 10) / 10, each.ratings],
      ],
      opens: [
        ...[null, null, null],
        ...[...PLACES, "places_rated" as const, "places_rated" as const].map((list) => ({ list, session: each.id })),
      ],
    })),
  },
  {
    id: "times",
    title: "How often students presented",
    empty: "",
    columns: [text("Times presented"), number("Students")],
    rows: [
      { key: 0, cells: ["never", times.never], opens: [null, { list: "not_presented" }] },
      { key: 1, cells: ["once", times.once], opens: [null, { list: "presented", least: 1, under: 2 }] },
      { key: 2, cells: ["twice", times.twice], opens: [null, { list: "presented", least: 2, under: 3 }] },
      { key: 3, cells: ["3 times and more", times.more], opens: [null, { list: "presented", least: 3 }] },
    ],
  },
];

/** Of one date. */
const on = (list: Named, date: string): AnalyticsOpening => ({ list, from: date, to: date });

const dayTables = ({ days, distribution }: Shape.AnalyticsCoding): AnalyticsTable[] => [
  {
    id: "days",
    title: "By day",
    empty: "No days yet.",
    columns: [
      { label: "Day", kind: "date" },
      duration("Coding time"),
      number("Students who coded"),
      number("Students with data"),
    ],
    rows: days.map((each) => ({
      key: each.date,
      cells: [{ date: each.date }, time(each.totalMs), each.students, each.withData],
      opens: [null, ...(["with_data", "coded", "with_data"] as const).map((list) => on(list, each.date))],
    })),
  },
  {
    id: "distribution",
    title: "Students by their coding time",
    empty: "Nobody has data.",
    columns: [duration("From"), duration("Under"), number("Students")],
    // The last step holds its end as well.
    rows: distribution.buckets.map(({ fromMs, toMs, students }, place) => ({
      key: fromMs,
      cells: [time(fromMs), time(toMs), students],
      opens: [
        ...[null, null],
        {
          list: "with_data",
          least: fromMs / HOUR_MS,
          under: place === distribution.buckets.length - 1 ? null : toMs / HOUR_MS,
        },
      ],
    })),
  },
];

function studentTables({ top, movers }: Shape.AnalyticsCoding): AnalyticsTable[] {
  const moved = (id: string, title: string, rows: Shape.Mover[]): AnalyticsTable => ({
    ...{ id, title, empty: "Nobody." },
    columns: [text("Student"), text("Batch"), duration("Now"), duration("Before")],
    rows: rows.map((each) => ({
      key: each.studentId,
      href: studentHref(each),
      cells: [each.name, each.batchName, time(each.nowMs), time(each.beforeMs)],
    })),
  });
  return [
    {
      ...{ id: "top", title: "Most coding time", empty: "Nobody has coded in these days." },
      columns: [text("Student"), text("Batch"), duration("Coding time")],
      rows: top.map((each) => ({
        key: each.studentId,
        href: studentHref(each),
        cells: [each.name, each.batchName, time(each.totalMs)],
      })),
    },
    ...(movers ? [moved("up", "Most gained", movers.up), moved("down", "Most lost", movers.down)] : []),
  ];
}

const KINDS: Record<Shape.DetailKind, { one: string; many: string }> = {
  language: { one: "Language", many: "languages" },
  project: { one: "Project", many: "projects" },
  editor: { one: "Editor", many: "editors" },
  operating_system: { one: "Operating system", many: "operating systems" },
};

function detailTable({ by, data }: DetailView): AnalyticsTable {
  const { one, many } = KINDS[by];
  const { top, restMs, restCount, totalMs } = data.kinds[by];
  const rows = [
    ...top.map(({ name, ms }) => ({ key: `name ${name}`, name, ms })),
    ...(restCount > 0 ? [{ key: "rest", name: `${restCount} other ${many}`, ms: restMs }] : []),
  ];
  const percents = shares(rows, totalMs);
  return {
    ...{ id: by.replace("_", "-"), title: `By ${one.toLowerCase()}`, empty: `No ${many} are stored of these days.` },
    columns: [text(one), duration("Coding time"), number("Percent")],
    rows: rows.map(({ key, name, ms }, place) => {
      const opening: AnalyticsOpening = { list: "used", by, name };
      return {
        ...{ key, cells: [name, time(ms), percents[place] ?? 0] },
        // What is left over is of no one name.
        ...(key !== "rest" && { opens: [null, opening, opening] }),
      };
    }),
  };
}

const heatTable = ({ cells }: Shape.AnalyticsHeatMap): AnalyticsTable => ({
  ...{ id: "days", title: "Days with data", empty: "No day of these has data." },
  columns: [{ label: "Day", kind: "date" }, duration("Coding time"), duration("Median"), number("Students with data")],
  rows: cells.map(({ date, totalMs, medianMs, withData }) => ({
    key: date,
    cells: [{ date }, time(totalMs), time(medianMs), withData],
    opens: [null, ...[1, 2, 3].map(() => on("with_data", date))],
  })),
});

export const REASONS: Record<Shape.NoDataReason, string> = {
  absent: "never connected",
  broken: "the link to WakaTime is broken",
  stale: "not read for over a day",
  no_days: "no day of these has arrived",
};

const inactiveTables = ({ inactive, noData, tooNew }: Shape.AnalyticsInactive): AnalyticsTable[] => {
  const coded: AnalyticsColumn = { label: "Last coded on", kind: "date", none: "never" };
  return [
    {
      ...{ id: "inactive", title: "Inactive coders", empty: "Nobody, as far as is known.", total: inactive.total },
      columns: [text("Student"), text("Batch"), coded],
      rows: inactive.rows.map((each) => ({
        key: each.studentId,
        href: studentHref(each),
        cells: [each.name, each.batchName, day(each.lastCodedOn)],
      })),
    },
    {
      ...{ id: "no-data", title: "No data", empty: "Everybody’s days have arrived.", total: noData.total },
      columns: [text("Student"), text("Batch"), text("Why"), coded],
      rows: noData.rows.map((each) => ({
        key: each.studentId,
        href: studentHref(each),
        cells: [each.name, each.batchName, REASONS[each.reason], day(each.lastCodedOn)],
      })),
    },
    ...(tooNew.total > 0
      ? [
          {
            ...{ id: "too-new", title: "Came within these days", empty: "Nobody.", total: tooNew.total },
            columns: [text("Student"), text("Batch")],
            rows: tooNew.rows.map((each) => ({
              key: each.studentId,
              href: studentHref(each),
              cells: [each.name, each.batchName],
            })),
          },
        ]
      : []),
  ];
};
