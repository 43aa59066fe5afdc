import type {
  AnalyticsList,
  AnalyticsListName,
  AnalyticsNarrow,
  AnalyticsUsed,
  DetailKind,
  Person,
} from "@/db/queries/analytics-shape";
import { formatDate } from "@/lib/format";
import { type AnalyticsColumn, type AnalyticsTable, day, time } from "./analytics-table";

type Further = "time" | "label" | "times" | "on";
type About = { title: string; further: Partial<Record<Further, string>>; empty: string };

const PLACE = { label: "Session", on: "On", times: "Rating" };
const NO_PLACE = "No place of these sessions is one.";

/** Lists that stand beside each other: of who counts, of what happened by month, of places in sessions. */
const GROUPS: readonly AnalyticsListName[][] = [
  [
    ...(["students", "with_data", "coded", "not_coded", "no_data", "certificates", "with_certificate"] as const),
    ...(["demos", "with_demo", "without_demo", "presented", "not_presented"] as const),
  ],
  ["joined", "issued", "demoed"],
  ["places_taken", "places_presented", "places_missed", "places_unmarked", "places_waiting", "places_rated"],
];
export const besides = (list: AnalyticsListName): readonly AnalyticsListName[] =>
  GROUPS.find((group) => group.includes(list)) ?? [];
/** What happened counts, whatever the period. */
export const isTrend = (list: AnalyticsListName | null): boolean => list !== null && GROUPS[1]?.includes(list) === true;

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
  with_data: { title: "With data", further: { time: "Coding time" }, empty: "Of nobody has data arrived." },
  used: {
    title: "Students",
    further: { time: "Coding time" },
    empty: "None of these students has time in it in these days.",
  },
  were_active: { title: "Active before", further: {}, empty: "Nobody was active then." },
  with_certificate: {
    title: "With a certificate",
    further: { times: "Certificates", on: "Latest" },
    empty: "Nobody has a certificate.",
  },
  joined: { title: "New students", further: { on: "First day" }, empty: "Nobody came in these months." },
  issued: {
    title: "Certificates",
    further: { label: "Certificate", on: "Issued" },
    empty: "No certificate was issued in these months.",
  },
  demoed: { title: "Demos", further: { label: "Demo", on: "Dated" }, empty: "No demo has its date in these months." },
  places_taken: { title: "Places taken", further: PLACE, empty: NO_PLACE },
  places_presented: { title: "Presented", further: PLACE, empty: NO_PLACE },
  places_missed: { title: "Missed", further: PLACE, empty: NO_PLACE },
  places_unmarked: { title: "Not marked", further: PLACE, empty: NO_PLACE },
  places_waiting: { title: "Waiting", further: PLACE, empty: NO_PLACE },
  places_rated: { title: "Rated", further: PLACE, empty: NO_PLACE },
};

/** What a list is of, in words that end a sentence; null where it is of the whole period. */
export function listPart(
  list: AnalyticsListName,
  { when, from, to, least, under, session }: AnalyticsNarrow,
): string | null {
  const many = (count: number) =>
    LISTS[list].further.time
      ? `${count} ${count === 1 ? "hour" : "hours"}`
      : `${count} ${count === 1 ? "time" : "times"}`;
  const parts = [
    when === "before" ? "the period before" : null,
    from && to ? (from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`) : null,
    typeof least === "number" ? `from ${many(least)} on` : null,
    typeof under === "number" ? `under ${many(under)}` : null,
    session ? "one session" : null,
  ].filter((part) => part !== null);
  const only = parts.length > 0 ? `only ${parts.join(", ")}` : null;
  return when === "ever" ? ["of all time", ...(only ? [only] : [])].join(", ") : only;
}

export const studentHref = ({ studentId }: Pick<Person, "studentId">): string => `/admin/students/${studentId}`;

const COLUMNS: Record<Further, Omit<AnalyticsColumn, "label">> = {
  time: { kind: "time", none: "no data" },
  label: { kind: "text" },
  times: { kind: "number" },
  on: { kind: "date" },
};

const USED: Record<DetailKind, string> = {
  language: "coded in",
  project: "worked on",
  editor: "coded with",
  operating_system: "coded on",
};

/** The list of one language, project and so on. A project behind which are only people who hide its name has none. */
function aboutUsed({ kind, name, hideProjects }: AnalyticsUsed, total: number): About {
  const isHidden = hideProjects && kind === "project" && total === 0;
  return {
    ...LISTS.used,
    title: `Students who ${USED[kind]} ${isHidden ? "this project" : name}`,
    ...(isHidden && { empty: "Nobody who shows the names of their projects has time in it." }),
  };
}

export function listTable(
  list: AnalyticsListName,
  { days, rows, total }: AnalyticsList,
  used: AnalyticsUsed | null,
): AnalyticsTable {
  const { title, further, empty } = used ? aboutUsed(used, total) : LISTS[list];
  const columns = Object.entries(further) as [Further, string][];
  return {
    ...{ id: list.replaceAll("_", "-"), title, empty: days ? empty : empty.replace(" in these days", ""), total },
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
