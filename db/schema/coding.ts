import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { batch } from "./batch";
import { createdAt, identity, instant, mutableColumns } from "./columns";
import {
  codingNameKindEnum,
  codingSourceEnum,
  connectionStatusEnum,
  syncOutcomeKindEnum,
  syncRunStatusEnum,
} from "./enums";
import { user, userId } from "./user";

/** A student's WakaTime link. Tokens are AES-256-GCM ciphertexts under `key_id`; `lease_*` lets one sync at a time in. */
export const connection = pgTable(
  "connection",
  {
    id: identity(),
    userId: userId().notNull(),
    wakatimeUid: uuid().notNull(),
    accessTokenEncrypted: text().notNull(),
    refreshTokenEncrypted: text().notNull(),
    keyId: text().notNull(),
    scopes: text().array().notNull().default([]),
    expiresAt: instant().notNull(),
    plan: text(),
    timeZone: text(),
    timeoutMinutes: smallint().notNull().default(15),
    writesOnly: boolean().notNull().default(false),
    status: connectionStatusEnum().notNull().default("active"),
    lastSyncedAt: instant(),
    lastError: text(),
    consecutiveFailures: integer().notNull().default(0),
    // When the link stopped working; null while it is active.
    brokenAt: instant(),
    // Today as WakaTime last told it, for the live figure: never a stored day.
    todayDate: date(),
    todayMs: integer(),
    todayFetchedAt: instant(),
    leaseOwner: text(),
    leaseUntil: instant(),
    ...mutableColumns,
  },
  (t) => [
    uniqueIndex("idx_connection_user").on(t.userId),
    uniqueIndex("idx_connection_wakatime_uid").on(t.wakatimeUid),
    // Planning a sync reads the live links by user id, chunk after chunk.
    index("idx_user_wakatime_token").on(t.userId).where(sql`status = 'active'`),
    // The sync pages: who was synced longest ago, never being the longest; and the few links that are broken.
    index("idx_connection_synced").on(t.lastSyncedAt.asc().nullsFirst(), t.userId),
    index("idx_connection_broken").on(t.userId).where(sql`status <> 'active'`),
  ],
);

/**
 * One local day of coding time. A day that WakaTime did not return has no row: missing is not zero.
 * `synced_at` is when the content last changed.
 */
export const dailySummary = pgTable(
  "daily_summary",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: integer()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    date: date().notNull(),
    totalMs: integer().notNull(),
    source: codingSourceEnum().notNull().default("wakatime"),
    timeZone: text().notNull(),
    // Of zone, total and items as WakaTime gave them, so that a sync can tell a changed day without reading the items.
    // Null for days that no sync wrote: they count as changed.
    digest: bigint({ mode: "bigint" }),
    syncedAt: instant().notNull().defaultNow(),
    ...createdAt,
  },
  () => [
    // idx_daily_summary_user_date (user_id, date) covers total_ms and id, by which items are found (migration 0016),
    // idx_daily_summary_date (date) user_id and total_ms (migration 0002).
    check("daily_summary_total_ms_range", sql`total_ms between 0 and 90000000`),
  ],
);

/** Neither deleted nor renumbered: `coding_name_stays` refuses that, on behalf of the items. */
export const codingName = pgTable(
  "coding_name",
  {
    id: identity(),
    kind: codingNameKindEnum().notNull(),
    name: text().notNull(),
    ...createdAt,
  },
  (t) => [uniqueIndex("idx_coding_name_kind_name").on(t.kind, t.name)],
);

/** Replaced whole with its day, so it has no dates of its own: the summary's `synced_at` is its age. */
export const dailySummaryItem = pgTable(
  "daily_summary_item",
  {
    summaryId: bigint({ mode: "number" })
      .notNull()
      .references(() => dailySummary.id, { onDelete: "cascade" }),
    /** Of `coding_name`, by the statement that writes it and by `coding_name_stays` (docs/decisions/018). */
    nameId: integer().notNull(),
    ms: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.summaryId, t.nameId] }),
    check("daily_summary_item_ms_range", sql`ms between 0 and 2000000000`),
  ],
);

/** Dates [from_date, to_date) that WakaTime's plan did not give. */
export const syncGap = pgTable(
  "sync_gap",
  {
    id: identity(),
    userId: userId().notNull(),
    fromDate: date().notNull(),
    toDate: date().notNull(),
    reason: text().notNull(),
    ...createdAt,
  },
  (t) => [
    uniqueIndex("idx_sync_gap_range").on(t.userId, t.fromDate, t.toDate),
    check("sync_gap_dates_in_order", sql`to_date > from_date`),
  ],
);

/** One sync, whoever asked: written before any work starts, closed by the last user or by the sweeper. */
export const syncRun = pgTable(
  "sync_run",
  {
    id: identity(),
    // One run per occasion, e.g. "nightly:2026-11-22".
    key: text().notNull(),
    actorUserId: integer().references(() => user.id, { onDelete: "restrict" }),
    actorJob: text(),
    scopeBatchId: integer().references(() => batch.id, { onDelete: "set null" }),
    scopeUserId: integer().references(() => user.id, { onDelete: "set null" }),
    // Trailing local days up to each user's own today, or a fixed range of dates (both inclusive).
    windowDays: smallint(),
    windowStart: date(),
    windowEnd: date(),
    status: syncRunStatusEnum().notNull().default("running"),
    plannedAt: instant(),
    usersTotal: integer().notNull().default(0),
    usersDone: integer().notNull().default(0),
    usersOk: integer().notNull().default(0),
    usersFailed: integer().notNull().default(0),
    daysWritten: integer().notNull().default(0),
    daysUnchanged: integer().notNull().default(0),
    daysUnavailable: integer().notNull().default(0),
    error: text(),
    startedAt: instant().notNull().defaultNow(),
    finishedAt: instant(),
    ...mutableColumns,
  },
  (t) => [
    uniqueIndex("idx_sync_run_key").on(t.key),
    // The run history, read backwards: an index made with desc() has its nulls last, as no "order by … desc" has.
    index("idx_sync_run_started").on(t.startedAt, t.id),
    // What is not over: a handful of rows, whatever the history holds.
    index("idx_sync_run_open").on(t.id).where(sql`status = 'running'`),
    // The latest run of a scope; those of everybody are few among those of single students.
    index("idx_sync_run_whole").on(t.startedAt, t.id).where(sql`scope_batch_id is null and scope_user_id is null`),
    index("idx_sync_run_batch").on(t.scopeBatchId, t.id).where(sql`scope_batch_id is not null`),
    index("idx_sync_run_student").on(t.scopeUserId, t.id).where(sql`scope_user_id is not null`),
    check("sync_run_one_actor", sql`num_nonnulls(actor_user_id, actor_job) = 1`),
    check("sync_run_one_window", sql`(window_days is null) = (window_start is not null and window_end is not null)`),
  ],
);

/** One user's part of a run; kept 30 days. */
export const syncOutcome = pgTable(
  "sync_outcome",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    runId: integer()
      .notNull()
      .references(() => syncRun.id, { onDelete: "cascade" }),
    userId: userId().notNull(),
    kind: syncOutcomeKindEnum().notNull(),
    daysWritten: smallint().notNull().default(0),
    daysUnchanged: smallint().notNull().default(0),
    daysUnavailable: smallint().notNull().default(0),
    reason: text(),
    // Whether WakaTime renewed the token: null when it was not asked to.
    tokenRenewed: boolean(),
    ...createdAt,
  },
  (t) => [
    uniqueIndex("idx_sync_outcome_run_user").on(t.runId, t.userId),
    index("idx_sync_outcome_user").on(t.userId),
    index("idx_sync_outcome_created").on(t.createdAt),
  ],
);

/** One row: the earliest instant at which the next call to WakaTime may start, for every process of the academy. */
export const wakatimePace = pgTable(
  "wakatime_pace",
  {
    id: smallint().primaryKey().default(1),
    nextStartAt: instant().notNull().defaultNow(),
    ...createdAt,
  },
  () => [check("wakatime_pace_one_row", sql`id = 1`)],
);

/** Ten rows: places for calls under way. How many of them count is a setting; a killed holder's place ends by itself. */
export const wakatimeSlot = pgTable("wakatime_slot", {
  slot: smallint().primaryKey(),
  holder: uuid(),
  heldUntil: instant(),
  ...createdAt,
});
