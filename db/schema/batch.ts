import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, editedColumns, identity, instant, mutableColumns } from "./columns";
import { assignmentStatusEnum, codingSourceEnum, enrolmentStatusEnum, projectStatusEnum } from "./enums";
import { user, userId } from "./user";

/** A cohort with dates, both inclusive, in its own time zone. */
export const batch = pgTable(
  "batch",
  {
    id: identity(),
    name: text().notNull(),
    description: text(),
    startDate: date().notNull(),
    endDate: date().notNull(),
    timeZone: text().notNull(),
    capacity: integer(),
    slackChannel: text(),
    curriculum: text(),
    archivedAt: instant(),
    registrationKey: text().notNull(),
    keyActive: boolean().notNull().default(true),
    keyExpiresAt: instant(),
    keyMaxUses: integer(),
    ...editedColumns,
  },
  (t) => [
    uniqueIndex("idx_batch_registration_key").on(t.registrationKey),
    check("batch_dates_in_order", sql`end_date >= start_date`),
    check("batch_capacity_positive", sql`capacity >= 1`),
    check("batch_key_max_uses_positive", sql`key_max_uses >= 1`),
    check("batch_time_zone_known", sql`is_time_zone(time_zone)`),
    check("batch_name_length", sql`name = btrim(name) and length(name) between 1 and 120`),
  ],
);

const batchId = () => integer().references(() => batch.id, { onDelete: "restrict" });

/** Who used a batch's registration key. */
export const keyUse = pgTable(
  "key_use",
  {
    id: identity(),
    batchId: integer()
      .notNull()
      .references(() => batch.id, { onDelete: "cascade" }),
    userId: userId().notNull(),
    ...createdAt,
  },
  (t) => [index("idx_key_use_batch").on(t.batchId), index("idx_key_use_user").on(t.userId)],
);

export const batchInstructor = pgTable(
  "batch_instructor",
  {
    batchId: integer()
      .notNull()
      .references(() => batch.id, { onDelete: "cascade" }),
    userId: userId().notNull(),
    ...createdAt,
  },
  (t) => [primaryKey({ columns: [t.batchId, t.userId] }), index("idx_batch_instructor_user").on(t.userId)],
);

export const student = pgTable(
  "student",
  {
    id: identity(),
    userId: integer()
      .notNull()
      .references(() => user.id, { onDelete: "restrict" }),
    codingSource: codingSourceEnum().notNull().default("wakatime"),
    ...mutableColumns,
  },
  (t) => [uniqueIndex("idx_student_user").on(t.userId)],
);

/**
 * A student in a batch over the half-open dates [from_date, to_date); to_date null means "still".
 * The exclusion constraint `enrolment_one_at_a_time` (migration 0002) allows one at any instant.
 */
export const enrolment = pgTable(
  "enrolment",
  {
    id: identity(),
    studentId: integer()
      .notNull()
      .references(() => student.id, { onDelete: "cascade" }),
    batchId: batchId().notNull(),
    status: enrolmentStatusEnum().notNull().default("active"),
    fromDate: date().notNull(),
    toDate: date(),
    /**
     * When this is the enrolment that lists show of its student: from its first midnight in the batch's zone until the
     * next one's, the first one also before. Kept by a trigger (migration 0010), never written by us.
     */
    shownFrom: timestamp({ withTimezone: true, mode: "string" }).notNull().default("-infinity"),
    shownUntil: timestamp({ withTimezone: true, mode: "string" }).notNull().default("infinity"),
    ...editedColumns,
  },
  (t) => [
    // Roster and batch filter (the old student.batch_id).
    index("idx_student_batch_id").on(t.batchId, t.studentId),
    // A student's latest enrolment, one probe per row of a list (from_date desc, with the rest of the row: migration 0009).
    index("idx_enrolment_student").on(t.studentId, t.fromDate),
    // Who came within some months (with what says whether for the first time: migration 0017).
    index("idx_enrolment_from").on(t.fromDate),
    // The few of many years who are in class, and how many (with their dates: migration 0009).
    index("idx_enrolment_in_class")
      .on(t.status, t.batchId, t.studentId)
      .where(sql`status in ('invited', 'active', 'paused')`),
    // Everybody who is shown with a status, without the table (with students and dates: migration 0010).
    index("idx_enrolment_shown").on(t.status, t.shownUntil, t.shownFrom),
    check("enrolment_dates_in_order", sql`to_date > from_date`),
  ],
);

export const project = pgTable(
  "project",
  {
    id: identity(),
    batchId: batchId().notNull(),
    name: text().notNull(),
    description: text(),
    startDate: date().notNull(),
    endDate: date(),
    happyHour: text(),
    status: projectStatusEnum().notNull().default("planning"),
    ...editedColumns,
  },
  (t) => [
    index("idx_project_batch").on(t.batchId),
    check("project_dates_in_order", sql`end_date >= start_date`),
    check("project_name_length", sql`name = btrim(name) and length(name) between 1 and 120`),
  ],
);

export const assignment = pgTable(
  "assignment",
  {
    id: identity(),
    studentId: integer()
      .notNull()
      .references(() => student.id, { onDelete: "cascade" }),
    projectId: integer()
      .notNull()
      .references(() => project.id, { onDelete: "restrict" }),
    resumeUrl: text(),
    linkedinUrl: text(),
    offerDate: date(),
    status: assignmentStatusEnum().notNull().default("assigned"),
    ...editedColumns,
  },
  (t) => [
    uniqueIndex("idx_assignment_student_project").on(t.studentId, t.projectId),
    // A student works on one project at a time.
    uniqueIndex("idx_assignment_one_open").on(t.studentId).where(sql`status in ('assigned', 'active')`),
    // Students of a project (the old student.project_id).
    index("idx_student_project_id").on(t.projectId, t.studentId),
  ],
);
