import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  smallint,
  text,
  time,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { batch, student } from "./batch";
import { bytea, createdAt, editedColumns, identity, instant } from "./columns";
import { signupStatusEnum } from "./enums";
import { user, userId } from "./user";

const studentId = () =>
  integer()
    .notNull()
    .references(() => student.id, { onDelete: "cascade" });

export const certificate = pgTable(
  "certificate",
  {
    id: identity(),
    studentId: studentId(),
    name: text().notNull(),
    issuer: text().notNull(),
    dateIssued: date().notNull(),
    dateExpired: date(),
    credentialId: text(),
    credentialUrl: text(),
    description: text(),
    // Of those that the academy issues itself: who did, what the public page is asked by, and whether it still holds.
    issuedBy: integer().references(() => user.id, { onDelete: "restrict" }),
    verifyCode: text(),
    revokedAt: instant(),
    revokedReason: text(),
    searchText: text().generatedAlwaysAs(sql`search_fold(name) || E'\\n' || search_fold(issuer)`),
    ...editedColumns,
  },
  (t) => [
    index("idx_certificate_student").on(t.studentId),
    // The list of all certificates in its default order.
    index("idx_certificate_issued").on(t.dateIssued, t.id),
    // By the day they expire, never last; and those that have expired or soon will.
    index("idx_certificate_expiry").on(sql`coalesce(date_expired, 'infinity'::date)`, t.id),
    index("idx_certificate_search").using("gin", sql`search_text gin_trgm_ops`),
    uniqueIndex("idx_certificate_verify_code").on(t.verifyCode),
    check("certificate_issued_has_code", sql`(issued_by is null) = (verify_code is null)`),
    check("certificate_revoked_was_issued", sql`revoked_at is null or verify_code is not null`),
    check("certificate_dates_in_order", sql`date_expired >= date_issued`),
  ],
);

/** Something a student built. */
export const demo = pgTable(
  "demo",
  {
    id: identity(),
    studentId: studentId(),
    title: text().notNull(),
    description: text(),
    demoDate: date(),
    status: text().notNull().default("confirmed"),
    demoUrl: text(),
    githubUrl: text(),
    thumbnailUrl: text(),
    technologies: text().array().notNull().default([]),
    ...editedColumns,
  },
  (t) => [
    index("idx_demo_student").on(t.studentId),
    // By the day they are dated, give or take one where the zone says (with what tells exactly: migration 0017).
    index("idx_demo_day").on(sql`coalesce(demo_date, (created_at at time zone 'UTC')::date)`),
    check("demo_title_length", sql`title = btrim(title) and length(title) between 1 and 200`),
    check("demo_technologies_count", sql`cardinality(technologies) <= 20`),
    // What a sign-up's demo must satisfy: it is the student's own.
    unique("demo_id_student").on(t.id, t.studentId),
  ],
);

/** The event. Local date and time in the session's own zone; `max_scheduled` null means no limit. */
export const demoSession = pgTable(
  "demo_session",
  {
    id: identity(),
    sessionDate: date().notNull(),
    sessionTime: time({ precision: 0 }).notNull().default("15:00"),
    timeZone: text().notNull(),
    title: text().notNull().default("Friday demo session"),
    description: text(),
    notes: text(),
    meetingUrl: text(),
    batchId: integer().references(() => batch.id, { onDelete: "set null" }),
    isActive: boolean().notNull().default(true),
    isCancelled: boolean().notNull().default(false),
    cancelReason: text(),
    maxScheduled: integer(),
    ...editedColumns,
  },
  (t) => [
    // One session per date; also finds the next one and carries the list's order.
    uniqueIndex("idx_demo_session_date_open").on(t.sessionDate).where(sql`not is_cancelled`),
    index("idx_demo_session_date").on(t.sessionDate, t.id),
    index("idx_demo_session_batch").on(t.batchId),
    check("demo_session_max_scheduled_positive", sql`max_scheduled >= 1`),
    check("demo_session_time_zone_known", sql`is_time_zone(time_zone)`),
    check("demo_session_title_length", sql`title = btrim(title) and length(title) between 1 and 120`),
    check("demo_session_cancel_reason", sql`cancel_reason is null or is_cancelled`),
  ],
);

/**
 * A student's place in a session. Places and the order of states are kept by triggers (migration 0010): `scheduled`,
 * `presented` and `no_show` take a place.
 */
export const demoSignup = pgTable(
  "demo_signup",
  {
    id: identity(),
    sessionId: integer()
      .notNull()
      .references(() => demoSession.id, { onDelete: "cascade" }),
    studentId: studentId(),
    demoId: integer(),
    status: signupStatusEnum().notNull().default("scheduled"),
    signupNotes: text(),
    presentationNotes: text(),
    rating: smallint(),
    queuedAt: instant().notNull().defaultNow(),
    runningOrder: integer(),
    ...editedColumns,
  },
  (t) => [
    uniqueIndex("idx_demo_signup_session_student").on(t.sessionId, t.studentId),
    // Places taken per session, counted from the index alone.
    index("idx_demo_signup_session_status").on(t.sessionId, t.status),
    index("idx_demo_signup_student").on(t.studentId),
    // Who is next.
    index("idx_demo_signup_waiting").on(t.sessionId, t.queuedAt, t.id).where(sql`status = 'waitlisted'`),
    check("demo_signup_rating_range", sql`rating between 1 and 5`),
    check("demo_signup_rated_presented", sql`rating is null or status = 'presented'`),
    // A removed demo leaves the sign-up standing: migration 0002 adds ON DELETE SET NULL (demo_id).
    foreignKey({
      name: "demo_signup_own_demo",
      columns: [t.demoId, t.studentId],
      foreignColumns: [demo.id, demo.studentId],
    }),
  ],
);

/**
 * The secret of a person's calendar feed. It is stored nowhere: it is derived from the nonce (lib/demo-sessions/feed-token),
 * so that its owner can be shown it again, and found by its hash.
 */
export const calendarToken = pgTable(
  "calendar_token",
  {
    id: identity(),
    userId: userId().notNull(),
    nonce: text().notNull(),
    tokenHash: bytea().notNull(),
    lastUsedAt: instant(),
    ...createdAt,
  },
  (t) => [uniqueIndex("idx_calendar_token_user").on(t.userId), uniqueIndex("idx_calendar_token_hash").on(t.tokenHash)],
);
