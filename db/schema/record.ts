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
    check("audit_event_one_actor", sql`num_nonnulls(actor_user_id, actor_job) = 1`),
  ],
);

/** A notification to one person or one channel for one occasion: written by the mutation, sent once by a job. */
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
    check("outbox_one_recipient", sql`num_nonnulls(user_id, channel) = 1`),
  ],
);

export const notificationPreference = pgTable(
  "notification_preference",
  {
    userId: userId().notNull(),
    kind: text().notNull(),
    mail: boolean().notNull().default(true),
    slack: boolean().notNull().default(true),
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
