import type {
  AssignmentStatus,
  ConnectionStatus,
  EnrolmentStatus,
  GoalKind,
  GoalPeriod,
  OverviewKind,
  OverviewPeriod,
  SessionState,
} from "@/db/enums";
import type { CodingDay } from "@/lib/analytics/coding-weeks";
import type { Streak } from "@/lib/analytics/streak";
import type { DateString } from "@/lib/dates";
import type { TodayLive } from "./student-overview-today";

/**
 * What a student's start page shows. Times are milliseconds; null means that no data has arrived, which is not zero.
 * Every date is one of the student's own calendar (`zone`), both ends of a range are included.
 */
export type StudentOverview = {
  /** The student's own zone, else the batch's, else the academy's. */
  zone: string;
  zoneOf: "student" | "batch" | "academy";
  today: DateString;
  /** The enrolment that is shown: it may be over, or still to come. */
  batch: {
    id: number;
    name: string;
    status: EnrolmentStatus;
    startDate: DateString;
    endDate: DateString;
    /** The status is active and holds today. */
    inClass: boolean;
  } | null;
  connection: { status: ConnectionStatus; lastSyncedAt: string | null; brokenAt: string | null } | null;
  /** What is known of today: what a sync stored, or more that WakaTime told since. */
  todayMs: number | null;
  /** Where `todayMs` is from when it is not the stored one. It is today in every other number too. */
  todayLive: TodayLive | null;
  /** The seven dates today − 6 … today. */
  week: { totalMs: number | null; days: number; from: DateString };
  period: OverviewSpan;
  /** Of the chosen period, most first; what is stored of details, which need not be all of the period's total. */
  items: Record<OverviewKind, KindItems>;
  heat: {
    /** Days with a row within the weeks of the heat map, the oldest first. */
    days: CodingDay[];
    weeks: number;
    /** The first day of the first enrolment; null before any. */
    firstDay: DateString | null;
  };
  streak: Streak;
  /** Days of the week, 1 (Monday) to 7, on which nobody has to code. */
  restDays: number[];
  batchMedian: { ms: number; students: number } | null;
  /** Why there is no median; null when there is one. */
  noMedian: NoMedian | null;
  /** By slot. */
  goals: GoalProgress[];
  nextSession: NextSession | null;
  steps: OverviewSteps;
};

/** `not_in_class`: not active in a batch today. `too_few`: fewer than MEDIAN_STUDENTS with data, however many. */
export type NoMedian = "no_batch" | "not_in_class" | "too_few";

export type OverviewSpan = {
  asked: OverviewPeriod;
  /** Why 30 days are shown where the batch was asked for; null when what was asked for is shown. */
  instead: "no_batch" | "not_begun" | null;
  from: DateString;
  to: DateString;
  totalMs: number | null;
  /** Dates that have a row, those of them with coding, and those with coding whose details are stored. */
  daysWithRow: number;
  daysWithCoding: number;
  daysWithItems: number;
  /** Those that have a row, the oldest first. */
  days: CodingDay[];
};

export type NamedMs = { name: string; ms: number };

/** The largest of a kind, what is left of it, and all of it: `top` and `restMs` add up to `totalMs`. */
export type KindItems = { top: NamedMs[]; restMs: number; restCount: number; totalMs: number };

export type GoalProgress = {
  id: number;
  slot: number;
  period: GoalPeriod;
  /** Null: all coding. */
  kind: GoalKind | null;
  name: string | null;
  targetMs: number;
  version: number;
  /** Done from `from` to today; `to` is the last day of the period, which may be to come. Null: no data in it yet. */
  doneMs: number | null;
  from: DateString;
  to: DateString;
  /** Dates of it up to today whose data has arrived; of a named goal those with details, or without coding. */
  daysWithRow: number;
};

/** What "what to do next" is made of. */
export type OverviewSteps = {
  hasOwnZone: boolean;
  emailConfirmed: boolean;
  /** Any coding was ever counted: days of zero come from an editor without the plugin, too. */
  hasData: boolean;
  demos: number;
  /** A place or a turn in a session that is still to come. */
  hasPlace: boolean;
  /** A session to come that one could sign up for. */
  canSignUp: boolean;
  /** The open assignment. */
  project: {
    assignmentId: number;
    name: string;
    status: AssignmentStatus;
    hasResume: boolean;
    hasLinkedin: boolean;
  } | null;
};

/**
 * The next demo session one has a place or a turn in, else one's own that is going on, else the next that is open to
 * one, else what today's was.
 */
export type NextSession = {
  id: number;
  title: string;
  sessionDate: DateString;
  sessionTime: string;
  timeZone: string;
  startsAt: string;
  /** The day it is now where the session is held. */
  today: DateString;
  meetingUrl: string | null;
  maxScheduled: number | null;
  taken: number;
  waiting: number;
  state: SessionState;
  hasBegun: boolean;
  signup: { status: "scheduled" | "waitlisted" | "presented" | "no_show"; demoTitle: string | null } | null;
};
