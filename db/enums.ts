/** Closed sets of words, apart from the tables so that the browser can use them without the ORM. */
export const roles = ["admin", "instructor", "student", "user"] as const;
export type Role = (typeof roles)[number];

export const enrolmentStatuses = ["invited", "active", "paused", "dropped", "graduated"] as const;
export type EnrolmentStatus = (typeof enrolmentStatuses)[number];

/**
 * Which status may follow which: an invitation is taken up or withdrawn; whoever left or finished comes back as active
 * (enrolled again, or a mistake put right).
 */
export const statusesAfter: Record<EnrolmentStatus, readonly EnrolmentStatus[]> = {
  invited: ["active", "dropped"],
  active: ["paused", "dropped", "graduated"],
  paused: ["active", "dropped", "graduated"],
  dropped: ["active"],
  graduated: ["active"],
};

/**
 * How a student stands with the academy, for lists: the status of the enrolment that is shown, unless an active, paused
 * or invited one is over (`left`, also for who never had any) or an active one is still to begin (`upcoming`).
 */
export const studentStates = [...enrolmentStatuses, "upcoming", "left"] as const;
export type StudentState = (typeof studentStates)[number];

/** What lists of students can be narrowed to; they begin with `active`. */
export const studentStateFilters = [...studentStates, "all"] as const;
export type StudentStateFilter = (typeof studentStateFilters)[number];

export const studentSortKeys = ["name", "joined", "batch"] as const;
export type StudentSortKey = (typeof studentSortKeys)[number];

export const codingSources = ["wakatime", "direct"] as const;
export type CodingSource = (typeof codingSources)[number];

export const projectStatuses = ["planning", "active", "completed", "cancelled"] as const;
export type ProjectStatus = (typeof projectStatuses)[number];

export const assignmentStatuses = ["assigned", "active", "completed", "dropped"] as const;
export type AssignmentStatus = (typeof assignmentStatuses)[number];

export const projectSortKeys = ["name", "batch", "starts", "ends"] as const;
export type ProjectSortKey = (typeof projectSortKeys)[number];

/** `expiring`: valid for thirty more days at most. */
export const certificateStates = ["valid", "expiring", "expired", "revoked"] as const;
export type CertificateState = (typeof certificateStates)[number];

/** By whom a certificate is given: by the academy through this system, or written down from elsewhere. */
export const certificateOrigins = ["academy", "elsewhere"] as const;
export type CertificateOrigin = (typeof certificateOrigins)[number];

export const certificateSortKeys = ["issued", "expires"] as const;
export type CertificateSortKey = (typeof certificateSortKeys)[number];

export const signupStatuses = ["scheduled", "waitlisted", "presented", "no_show", "cancelled"] as const;
export type SignupStatus = (typeof signupStatuses)[number];

export const connectionStatuses = ["active", "needs_reconnect", "scope_missing"] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** A link's state for filters; `none` has no link. */
export const wakatimeStates = [...connectionStatuses, "none"] as const;
export type WakatimeState = (typeof wakatimeStates)[number];

export const accountStates = ["enabled", "disabled"] as const;
export type AccountState = (typeof accountStates)[number];

export const codingNameKinds = [
  "project",
  "language",
  "editor",
  "operating_system",
  "category",
  "machine",
  "dependency",
] as const;
export type CodingNameKind = (typeof codingNameKinds)[number];

export const syncRunStatuses = ["running", "completed", "failed"] as const;
export type SyncRunStatus = (typeof syncRunStatuses)[number];

/** How one user's part of a sync run ended. Only `ok` means that every asked day was read. */
export const syncOutcomeKinds = [
  "ok",
  "skipped",
  "needs_reconnect",
  "scope_missing",
  "out_of_plan",
  "not_ready",
  "rate_limited",
  "unavailable",
  "unexpected_shape",
  "failed",
] as const;
export type SyncOutcomeKind = (typeof syncOutcomeKinds)[number];

/** How a run stands, told apart from its stored status: see db/queries/sync-run-state.ts. */
export type SyncRunState = "waiting" | "running" | "interrupted" | "completed" | "completed_with_failures" | "failed";

export const syncRunScopes = ["everybody", "batch", "student"] as const;
export type SyncRunScope = (typeof syncRunScopes)[number];

export const syncRunSortKeys = ["started"] as const;

export const syncStudentSortKeys = ["name", "synced"] as const;
export type SyncStudentSortKey = (typeof syncStudentSortKeys)[number];

export const userTokenKinds = ["invite", "reset", "verify"] as const;
export type UserTokenKind = (typeof userTokenKinds)[number];

/** What the users list can be sorted by; `week` is the 7-day total. */
export const userSortKeys = ["name", "email", "role", "joined", "signedIn", "week"] as const;
export type UserSortKey = (typeof userSortKeys)[number];

/** By its own calendar day, unless it is archived; told apart in db/queries/batch-state.ts. */
export const batchStates = ["running", "upcoming", "ended", "archived"] as const;
export type BatchState = (typeof batchStates)[number];

/** What the batches list can be narrowed to; it begins with all that are not archived. */
export const batchStateFilters = ["unarchived", ...batchStates, "all"] as const;
export type BatchStateFilter = (typeof batchStateFilters)[number];

/** Whether a batch's registration key lets anybody in, and what keeps it from that. */
export const keyStates = ["open", "off", "over", "expired", "used_up", "full"] as const;
export type KeyState = (typeof keyStates)[number];

export const batchSortKeys = ["name", "start", "end"] as const;
export type BatchSortKey = (typeof batchSortKeys)[number];

export const sessionPeriods = ["upcoming", "past", "all"] as const;
export type SessionPeriod = (typeof sessionPeriods)[number];

/** `nearest`: what is to come from the next one on, then what has been from the latest one back. */
export const sessionSortKeys = ["nearest", "date", "title"] as const;
export type SessionSortKey = (typeof sessionSortKeys)[number];

/** `closed` is switched off by staff; `full` has no place left, so that the next one waits. */
export const sessionStates = ["open", "full", "closed", "cancelled", "past"] as const;
export type SessionState = (typeof sessionStates)[number];

export const auditSortKeys = ["at"] as const;

/** How often a goal begins anew, by the student's own calendar; a week begins on Monday. */
export const goalPeriods = ["day", "week", "month"] as const;
export type GoalPeriod = (typeof goalPeriods)[number];

/** What a goal can be narrowed to. */
export const goalKinds = ["language", "project"] as const;
export type GoalKind = (typeof goalKinds)[number];

/** What a student's overview can show: so many days up to today, or the time in the batch. */
export const overviewPeriods = [7, 14, 30, 90, "batch"] as const;
export type OverviewPeriod = (typeof overviewPeriods)[number];

/** What analytics can show: so many days up to today, or all days of one batch. */
export const analyticsPeriods = [7, 28, 90, "batch"] as const;
export type AnalyticsPeriod = (typeof analyticsPeriods)[number];

/** For how many days nobody has coded. */
export const inactiveDays = [7, 14, 30] as const;
export type InactiveDays = (typeof inactiveDays)[number];

/** What the time of many is broken down by. */
export const detailKinds = [
  "language",
  "project",
  "editor",
  "operating_system",
] as const satisfies readonly CodingNameKind[];
export type DetailKind = (typeof detailKinds)[number];

/** The lists behind the numbers of analytics. */
export const analyticsLists = [
  // Everybody who counts; `value`: coding time, null without data. Also the list by student.
  "students",
  // `value`: coding time.
  "coded",
  // With data, and no coding.
  "not_coded",
  // No day stored within the period.
  "no_data",
  // One row for each; `label`: what it is, `on`: its day.
  "certificates",
  "demos",
  // `value`: how often; `on`: the last time.
  "presented",
  "not_presented",
  // `value`: how many by the end of the period; `on`: the latest.
  "with_demo",
  "without_demo",
  // With a row; `value`: coding time.
  "with_data",
  // Who has time in one language, project, editor or operating system; `value`: that time.
  "used",
  // Active on the last day of the period before, those who left since among them.
  "were_active",
  // `value`: how many; `on`: the latest.
  "with_certificate",
  // What happened, whoever is still there, one row for each; `label`: what, `on`: its day.
  "joined",
  "issued",
  "demoed",
  // Places in demo sessions of people in class on their day; `label`: the session, `on`: its day, `value`: the rating.
  "places_taken",
  "places_presented",
  "places_missed",
  "places_unmarked",
  "places_waiting",
  "places_rated",
] as const;
export type AnalyticsListName = (typeof analyticsLists)[number];

/** What the time of a period was spent on. Machines are nobody's business. */
export const overviewKinds = [
  "language",
  "project",
  "editor",
  "dependency",
  "operating_system",
  "category",
] as const satisfies readonly CodingNameKind[];
export type OverviewKind = (typeof overviewKinds)[number];

/** From good to bad. */
export const riskBands = ["on_track", "watch", "act"] as const;
export type RiskBand = (typeof riskBands)[number];

/** A band; or that it is too early to say, or that too little is known to say anything good or bad. */
export const riskStates = [...riskBands, "settling", "no_data"] as const;
export type RiskState = (typeof riskStates)[number];

/** What points are given for. */
export const riskSignalKinds = ["quiet", "drop", "low_quarter", "missed", "interviews", "no_demo", "goals"] as const;
export type RiskSignalKind = (typeof riskSignalKinds)[number];

/** `attention`: what somebody should look at, `watch` or `act`. */
export const riskStateFilters = ["attention", ...riskStates, "all"] as const;
export type RiskStateFilter = (typeof riskStateFilters)[number];

export const riskSortKeys = ["points", "since", "name"] as const;
export type RiskSortKey = (typeof riskSortKeys)[number];

/** What staff answer to a warning. */
export const riskResponses = ["snoozed", "talked", "resolved"] as const;
export type RiskResponse = (typeof riskResponses)[number];

/**
 * What read models depend on, each with a version that changes with every change of its tables (migration 0015):
 * people (users, students, enrolments, WakaTime links but not how fresh they are), batches (with projects, assignments,
 * teachers, holidays and settings), demos (with demo sessions and sign-ups), certificates, warnings (with answers),
 * syncs (that a run began or ended). Coding time has no tag: it is old by nature, and every number of it says as of when.
 */
export const dataTags = ["people", "batches", "demos", "certificates", "warnings", "syncs"] as const;
export type DataTag = (typeof dataTags)[number];
