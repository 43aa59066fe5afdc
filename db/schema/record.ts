import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { student } from "./batch";
import { createdAt, editedColumns, identity, instant, mutableColumns } from "./columns";
import { user, userId } from "./user";

/** Written in the transaction of the change it describes; kept two years. Never holds a secret. */
export const auditEvent = pgTable(
  "audit_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    actorUserId: integer().references(() => user.id, { onDelete: "restrict" }),
    actorJob: text(),
    actingAs: integer().references(() => user.id, { onDelete: "restrict" }),
    action: text().notNull(),
    subjectType: text().notNull(),
    subjectId: integer(),
    label: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    requestId: text(),
    ip: inet(),
    at: instant().notNull().defaultNow(),
    ...createdAt,
  },
  (t) => [
    index("idx_audit_event_at").on(t.at, t.id),
    index("idx_audit_event_subject").on(t.subjectType, t.subjectId, t.at),
    index("idx_audit_event_actor").on(t.actorUserId, t.at),
    // The log of one kind of change.
    index("idx_audit_event_action").on(t.action, t.at),
    // What jobs did, counted without the table.
    index("idx_audit_event_job").on(t.actorJob, t.at, t.id).where(sql`actor_user_id is null`),
    check("audit_event_one_actor", sql`num_nonnulls(actor_user_id, actor_job) = 1`),
  ],
);

/**
 * A notification for one occasion: written by the mutation, sent once by a job. To a person by mail, to a channel, or,
 * with both, to that person by a direct message in Slack.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: identity(),
    userId: userId(),
    channel: text(),
    kind: text().notNull(),
    occasion: text().notNull(),
    payload: jsonb().notNull().default({}),
    attempts: integer().notNull().default(0),
    lastError: text(),
    // A sender has it until then; not before this instant is it tried again.
    claimedUntil: instant(),
    notBefore: instant().notNull().defaultNow(),
    sentAt: instant(),
    ...mutableColumns,
  },
  (t) => [
    unique("outbox_once").on(t.userId, t.channel, t.kind, t.occasion).nullsNotDistinct(),
    index("idx_outbox_unsent").on(t.notBefore, t.id).where(sql`sent_at is null`),
    check("outbox_has_recipient", sql`num_nonnulls(user_id, channel) >= 1`),
  ],
);

/** What staff write down about a student: for themselves, or shared with the staff who may see that student. */
export const note = pgTable(
  "note",
  {
    id: identity(),
    studentId: integer()
      .notNull()
      .references(() => student.id, { onDelete: "cascade" }),
    authorId: userId().notNull(),
    body: text().notNull(),
    isShared: boolean().notNull().default(false),
    /** A day in the author's zone. */
    followUpOn: date(),
    doneAt: instant(),
    ...editedColumns,
  },
  (t) => [
    index("idx_note_student").on(t.studentId, t.createdAt),
    // What is due: the instructor's day.
    index("idx_note_follow_up").on(t.authorId, t.followUpOn).where(sql`done_at is null and follow_up_on is not null`),
    check("note_body_length", sql`body = btrim(body) and length(body) between 1 and 4000`),
    check("note_done_was_due", sql`done_at is null or follow_up_on is not null`),
  ],
);

/** A list's filters, order and columns under a name; `query` is what stands in the address. */
export const savedView = pgTable(
  "saved_view",
  {
    id: identity(),
    list: text().notNull(),
    name: text().notNull(),
    query: text().notNull(),
    columns: text().array(),
    ownerId: userId().notNull(),
    isShared: boolean().notNull().default(false),
    ...editedColumns,
  },
  (t) => [
    uniqueIndex("idx_saved_view_owner_name").on(t.ownerId, t.list, sql`lower(name)`),
    index("idx_saved_view_shared").on(t.list).where(sql`is_shared`),
    check("saved_view_name_length", sql`name = btrim(name) and length(name) between 1 and 60`),
    check("saved_view_query_length", sql`length(query) <= 2000`),
  ],
);

export const notificationPreference = pgTable(
  "notification_preference",
  {
    userId: userId().notNull(),
    kind: text().notNull(),
    mail: boolean().notNull().default(true),
    // Direct messages come beside the mail, so they are asked for.
    slack: boolean().notNull().default(false),
    ...mutableColumns,
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
);

export const holiday = pgTable(
  "holiday",
  {
    id: identity(),
    date: date().notNull(),
    name: text().notNull(),
    ...editedColumns,
  },
  (t) => [uniqueIndex("idx_holiday_date").on(t.date)],
);
