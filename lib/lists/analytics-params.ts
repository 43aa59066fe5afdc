import { createLoader, createParser, createSerializer, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import { type AnalyticsPeriod, analyticsPeriods, type DetailKind, type InactiveDays, inactiveDays } from "@/db/enums";
import { analyticsLists } from "@/db/queries/analytics-shape";
import { type DateString, isDate } from "@/lib/dates";
import { LARGEST_ID, parseAsId } from "@/lib/table-params";

export const ANALYTICS_TABS = [
  "overview",
  "trends",
  "participation",
  "coding",
  "heat-map",
  "inactive",
  "compare",
] as const;
export type AnalyticsTab = (typeof ANALYTICS_TABS)[number];

/** What coding is shown by. */
export const CODING_BY = ["day", "student", "language", "project", "editor", "operating_system"] as const;
export type CodingBy = (typeof CODING_BY)[number];
export const detailBy = (by: CodingBy): DetailKind | null => (by === "day" || by === "student" ? null : by);

const asText = <T extends number | "batch">(value: T) => `${value}` as const;

const parseAsDay = createParser<DateString>({
  parse: (value) => (isDate(value) ? value : null),
  serialize: String,
});
const parseAsAmount = createParser({
  parse: (value) => {
    const amount = parseAsInteger.parse(value);
    return amount !== null && amount >= 0 && amount <= LARGEST_ID ? amount : null;
  },
  serialize: String,
});
/** Exactly as it is shown; Postgres knows no text with a zero in it. */
const parseAsName = createParser({
  parse: (value) => (value === "" || value.includes("\0") ? null : value),
  serialize: String,
});

const params = {
  tab: parseAsStringLiteral(ANALYTICS_TABS).withDefault("overview"),
  batch: parseAsId,
  period: parseAsStringLiteral(analyticsPeriods.map(asText)).withDefault("28"),
  /** The list behind a number, in the place of the tab. */
  list: parseAsStringLiteral(analyticsLists),
  /** The part of a list that a number is of: the period before, dates, a step of hours or times, a session. */
  when: parseAsStringLiteral(["before", "ever"]),
  from: parseAsDay,
  to: parseAsDay,
  least: parseAsAmount,
  under: parseAsAmount,
  session: parseAsId,
  /** The batch of a list of one of two that are compared, by its own days; `batch` and `with` stay what they are. */
  of: parseAsId,
  page: parseAsId.withDefault(1),
  by: parseAsStringLiteral(CODING_BY).withDefault("day"),
  /** What the list `used` is of, of the kind that `by` says. */
  name: parseAsName,
  measure: parseAsStringLiteral(["median", "total"]).withDefault("median"),
  days: parseAsStringLiteral(inactiveDays.map(asText)).withDefault("14"),
  /** The batch beside `batch` where two are compared. */
  with: parseAsId,
};

const load = createLoader(params);
const serialize = createSerializer(params);

type Raw = Awaited<ReturnType<typeof load>>;
export type AnalyticsParams = Omit<Raw, "period" | "days"> & { period: AnalyticsPeriod; days: InactiveDays };

/** Whatever stands in the address; what is none of ours is the default. */
export async function loadAnalyticsParams(
  search: Promise<Record<string, string | string[] | undefined>> | URLSearchParams,
): Promise<AnalyticsParams> {
  const raw = await load(search as Promise<Record<string, string | string[] | undefined>>);
  const isUsed = raw.list === "used" && raw.name !== null && detailBy(raw.by) !== null;
  return {
    ...raw,
    list: raw.list === "used" && !isUsed ? null : raw.list,
    name: isUsed ? raw.name : null,
    period: analyticsPeriods.find((each) => asText(each) === raw.period) ?? 28,
    days: inactiveDays.find((each) => asText(each) === raw.days) ?? 14,
  };
}

/** A list in whole. */
export const WHOLE_LIST = {
  ...{ when: null, from: null, to: null, least: null, under: null, session: null, of: null, page: 1 },
} as const;

/** The list that a number opens, of what is shown. */
export type AnalyticsOpening = Partial<AnalyticsParams> & { list: NonNullable<AnalyticsParams["list"]> };
export const openingHref = (values: AnalyticsParams, opening: AnalyticsOpening): string =>
  analyticsHref({ ...values, ...WHOLE_LIST, name: null, ...opening });

const addressed = (path: string, { period, days, ...rest }: AnalyticsParams): string =>
  serialize(path, { ...rest, period: asText(period), days: asText(days) });

export const analyticsHref = (values: AnalyticsParams): string => addressed("/admin/analytics", values);
export const analyticsPrintHref = (values: AnalyticsParams): string => addressed("/admin/analytics/print", values);

/** The file of one of the tables of what is shown. */
export function analyticsExportHref(values: AnalyticsParams, table: string): string {
  const href = addressed(`/api/analytics/${values.tab}/export`, { ...values, tab: "overview", page: 1 });
  return `${href}${href.includes("?") ? "&" : "?"}table=${table}`;
}

/** Another tab of the same students and days. */
export const otherTab = ({ batch, period, with: second }: AnalyticsParams, tab: AnalyticsTab): AnalyticsParams => ({
  ...{ tab, batch, period, with: second, list: null, name: null, ...WHOLE_LIST },
  ...{ by: "day", measure: "median", days: 14 },
});
