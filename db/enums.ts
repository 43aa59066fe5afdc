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
