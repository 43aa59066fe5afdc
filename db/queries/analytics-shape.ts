import type { AnalyticsPeriod, BatchState, DetailKind, InactiveDays } from "@/db/enums";
import type { Distribution } from "@/lib/analytics/distribution";
import type { DateString } from "@/lib/dates";
import type { KindItems } from "./student-overview-shape";

export { type AnalyticsListName, analyticsLists, type DetailKind, detailKinds } from "@/db/enums";

/**
 * What the tabs of analytics show (docs/metrics/analytics.md). Times are whole milliseconds; null means that no data has
 * arrived, which is not zero. Both ends of a range are included. People carry both their ids: the student's, for links,
 * and the user's, by which coding time is kept.
 */
export type AnalyticsScope = {
  /** Null: everybody in class. */
  batchId: number | null;
  /** "batch" falls back to 28 days where no batch is chosen. */
  period: AnalyticsPeriod;
};

export type Span = { from: DateString; to: DateString };

export type AnalyticsBatch = {
  id: number;
  name: string;
  startDate: DateString;
  endDate: DateString;
  timeZone: string;
  state: BatchState;
  /** Its own calendar day. */
  today: DateString;
  /** Its last day is behind it: the period ends there, and counted is who was there to the end. */
  isOver: boolean;
};

/** What stands at the head of every tab. */
export type AnalyticsFrame = {
  period: AnalyticsPeriod;
  batch: AnalyticsBatch | null;
  /** For the filter: running ones first, then those to come, then those that are over, the latest first. */
  batches: { id: number; name: string; state: BatchState }[];
  /** By this zone (the batch's, else the academy's) the dates below; a student's own days end on their own today. */
  zone: string;
  today: DateString;
  /** Null for a batch that has not begun. */
  span: (Span & { days: number }) | null;
  /** As many days right before it; null for a whole batch, and where nothing is compared. */
  before: Span | null;
  /** Who counts. */
  students: number;
  /** When half of a batch's links had been read last; of everybody when the last whole sync ended, as on the dashboard. */
  syncedAsOf: string | null;
};

/** `before` is null where nothing can be said of the period before, which is not a change of zero. */
export type Figure = { now: number | null; before: number | null };
export type Part = { part: number; of: number };
export type PartFigure = { now: Part; before: Part | null };

export type Person = { studentId: number; userId: number; name: string; batchId: number; batchName: string };

export type AnalyticsOverview = {
  frame: AnalyticsFrame;
  /** In class on the last day of the period, and on that of the period before. */
  students: Figure;
  /** Median of the students' totals, of those with data; `of` says how many these are of how many. */
  medianMs: Figure & { withData: PartFigure };
  /** Who coded at all, of those with data. */
  coded: PartFigure;
  /** Issued within the period, revoked ones aside. */
  certificates: Figure;
  /** With their date, else the day they were put in, within the period. */
  demos: Figure;
  /** Who presented at least once within the period. */
  presented: PartFigure;
  /** Who has a demo by the end of the period. */
  withDemo: PartFigure;
  /** Of those who count, ever: the seven numbers of the old overview are made of these. */
  ever: {
    students: number;
    certificates: number;
    demos: number;
    studentsWithCertificate: number;
    studentsWithDemo: number;
  };
};

/** `month` as `2026-11`; the last one is not over. */
export type TrendMonth = { month: string; students: number; certificates: number; demos: number };
export type AnalyticsTrends = { frame: AnalyticsFrame; months: TrendMonth[] };

/** Of people who were in class on its day. */
export type SessionParticipation = {
  id: number;
  title: string;
  date: DateString;
  /** Null: no limit. */
  places: number | null;
  /** Presented, missed and not marked. */
  taken: number;
  presented: number;
  noShow: number;
  unmarked: number;
  waitlisted: number;
  ratings: number;
  ratingMean: number | null;
};

export type AnalyticsParticipation = {
  frame: AnalyticsFrame;
  /** Held within the period, the latest first. */
  sessions: SessionParticipation[];
  /** Sums over `sessions`; the share presented is `presented` of `taken`. */
  total: { sessions: number; taken: number; presented: number; noShow: number; unmarked: number; waitlisted: number };
  /** How many of those who count presented how often: never, once, twice, more. */
  times: { never: number; once: number; twice: number; more: number };
  rating: { mean: number | null; n: number };
};

export type Mover = Person & { nowMs: number; beforeMs: number };

export type AnalyticsCoding = {
  frame: AnalyticsFrame;
  /** Null when nobody has data. */
  totalMs: number | null;
  /** Of `frame.students`: with a row in the period, and with coding. */
  withData: number;
  coded: number;
  /** Every date of the period up to today. `students`: coded; `withData`: have a row. Null: nobody has. */
  days: { date: DateString; totalMs: number | null; students: number; withData: number }[];
  /** Of the totals per student, of those with data. */
  distribution: Distribution;
  /** Who coded most, at most ten. */
  top: (Person & { totalMs: number })[];
  /** Against the period before, of those with data in both: at most five each. Null for a whole batch. */
  movers: { up: Mover[]; down: Mover[] } | null;
};

/** What the time was spent on. Where project names are hidden, they are one item: HIDDEN_PROJECTS. */
export type AnalyticsDetails = {
  frame: AnalyticsFrame;
  /** `totalMs` of a kind is what is stored of it, and is less than `codingMs` where details are not stored. */
  kinds: Record<DetailKind, KindItems>;
  /** All coding time of the same days: of how much of it a kind is known is `totalMs` of `codingMs`. */
  codingMs: number | null;
};

export type AnalyticsHeatMap = {
  frame: AnalyticsFrame;
  /** Mondays, the oldest first. */
  weeks: DateString[];
  /** Dates with data, the oldest first: the sum, and the median of those with data. */
  cells: { date: DateString; totalMs: number; medianMs: number; withData: number }[];
};

/** Why nothing is known: no link, a broken one, one not read for long, or no day stored within the days asked for. */
export type NoDataReason = "absent" | "broken" | "stale" | "no_days";

export type InactiveStudent = Person & { lastCodedOn: DateString | null; lastSyncedAt: string | null };
export type UnknownStudent = InactiveStudent & { reason: NoDataReason };

export type AnalyticsInactive = {
  frame: AnalyticsFrame;
  days: InactiveDays;
  /** Longest first, at most INACTIVE_ROWS of each list. */
  inactive: { total: number; rows: InactiveStudent[] };
  noData: { total: number; rows: UnknownStudent[] };
  /** In class for fewer days than asked for, and without coding: in neither list. */
  tooNew: { total: number; rows: Person[] };
};

export type BatchWeekFigures = {
  /** 1 is the week of the batch's first day. */
  week: number;
  from: DateString;
  /** In the batch by the end of the week, and of them with data. */
  students: number;
  withData: number;
  medianMs: number | null;
  /** Today is within it. */
  isProvisional: boolean;
};

export type CompareSide = {
  batch: AnalyticsBatch;
  /** The first `days` of the batch, the same number for both. */
  students: number;
  withData: number;
  /** Of the totals per student over those days. */
  medianMs: number | null;
  coded: Part;
  certificates: number;
  demos: number;
  presented: Part;
  withDemo: Part;
  /** All weeks that have begun, also those that the other batch has still before it. */
  weeks: BatchWeekFigures[];
};

export type AnalyticsCompare = {
  batches: AnalyticsFrame["batches"];
  /** Null until both are chosen and have begun: the days that both have behind them. */
  days: number | null;
  left: CompareSide | null;
  right: CompareSide | null;
};

/** A row of a list behind a number; what `value`, `label` and `on` are of each list says `analyticsLists`. */
export type AnalyticsListRow = Omit<Person, "batchId" | "batchName"> & {
  /** Null of what happened while they were in no batch. */
  batchId: number | null;
  batchName: string | null;
} & { value: number | null; label: string | null; on: DateString | null };
export type AnalyticsList = {
  frame: AnalyticsFrame;
  /** That the rows are of; null of all time. */
  days: Span | null;
  total: number;
  rows: AnalyticsListRow[];
};

/** A part of a list, where the number behind which it stands is of a part: a month, a date, a session, a step. */
export type AnalyticsNarrow = {
  /** The period before, or all time. */
  when?: "before" | "ever" | null;
  from?: DateString | null;
  to?: DateString | null;
  /** `value` from `least` up to, not including, `under`: hours of coding time, or times. */
  least?: number | null;
  under?: number | null;
  session?: number | null;
  /** What the list `used` is of; without it there is nobody in it. */
  used?: AnalyticsUsed | null;
};

/** One item of those that coding time was spent on, by its name; `hideProjects` as in getAnalyticsDetails. */
export type AnalyticsUsed = { kind: DetailKind; name: string; hideProjects: boolean };

/*
 * One statement each; all answer null when there is no such batch:
 *
 * analytics-overview.ts       getAnalyticsOverview(db, scope, now): Promise<AnalyticsOverview | null>
 * analytics-trends.ts         getAnalyticsTrends(db, batchId | null, now): Promise<AnalyticsTrends | null>
 * analytics-participation.ts  getAnalyticsParticipation(db, scope, now): Promise<AnalyticsParticipation | null>
 * analytics-coding.ts         getAnalyticsCoding(db, scope, now): Promise<AnalyticsCoding | null>        ?by=students
 * analytics-details.ts        getAnalyticsDetails(db, scope, { kind, hideProjects }, now): Promise<AnalyticsDetails | null>
 *                             ?by=language and so on: `kind`, without it all four, which costs half as much again;
 *                             `hideProjects` in whatever is exported or printed
 * analytics-heat-map.ts       getAnalyticsHeatMap(db, scope, now): Promise<AnalyticsHeatMap | null>
 * analytics-inactive.ts       getAnalyticsInactive(db, { batchId, days }, now, freshHours): Promise<AnalyticsInactive | null>
 *                             freshHours: STALE_AFTER_HOURS of lib/analytics/freshness
 * analytics-compare.ts        getAnalyticsCompare(db, leftId | null, rightId | null, now): Promise<AnalyticsCompare>
 * analytics-list.ts           getAnalyticsList(db, scope, list, page, now, narrow?): Promise<AnalyticsList | null>
 *                             page: { offset, limit } | null for all rows (exports, JSON)
 */
