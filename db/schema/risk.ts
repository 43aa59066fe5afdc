import { sql } from "drizzle-orm";
import { check, date, index, integer, jsonb, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import { batch, student } from "./batch";
import { createdAt, identity, instant } from "./columns";
import { riskResponseEnum, riskStateEnum } from "./enums";
import { userId } from "./user";

const studentId = () =>
  integer()
    .notNull()
    .references(() => student.id, { onDelete: "cascade" });

/**
 * How a student stood over the nights [from_date, to_date), dates of the academy; to_date null means still. Derived
 * from facts by the nightly check, but kept: the facts of then are no longer all there. A new row is a change.
 */
export const riskBand = pgTable(
  "risk_band",
  {
    id: identity(),
    studentId: studentId(),
    /** The batch in which the student stood so; students leave with their rows, batches are kept by enrolments. */
    batchId: integer()
      .notNull()
      .references(() => batch.id, { onDelete: "cascade" }),
    state: riskStateEnum().notNull(),
    points: smallint().notNull(),
    /** Of the latest check, each with its number and threshold. */
    signals: jsonb().$type<RiskSignal[]>().notNull(),
    fromDate: date().notNull(),
    toDate: date(),
    checkedAt: instant().notNull(),
    ...createdAt,
  },
  (t) => [
    // How students stand now: one row each.
    uniqueIndex("idx_risk_band_now").on(t.studentId).where(sql`to_date is null`),
    uniqueIndex("idx_risk_band_student_from").on(t.studentId, t.fromDate),
    // Those who stand badly now, of all batches or of one.
    index("idx_risk_band_state").on(t.state, t.batchId, t.studentId).where(sql`to_date is null`),
    // The rows of a batch that is deleted.
    index("idx_risk_band_batch").on(t.batchId),
    // What changed of late.
    index("idx_risk_band_from").on(t.fromDate),
    check("risk_band_dates_in_order", sql`to_date > from_date`),
    check("risk_band_points_range", sql`points >= 0`),
  ],
);

/** What staff answered to a warning: it is quiet until a day, or until the student stands differently. */
export const riskSnooze = pgTable(
  "risk_snooze",
  {
    id: identity(),
    studentId: studentId(),
    authorId: userId().notNull(),
    response: riskResponseEnum().notNull(),
    reason: text().notNull(),
    /** How the student stood: a worse band is heard again at once. */
    state: riskStateEnum().notNull(),
    /** Quiet up to and including this date of the academy; null, for what is resolved, until the band changes. */
    untilDate: date(),
    endedAt: instant(),
    ...createdAt,
  },
  (t) => [
    uniqueIndex("idx_risk_snooze_open").on(t.studentId).where(sql`ended_at is null`),
    index("idx_risk_snooze_student").on(t.studentId, t.createdAt),
    // What an account that is deleted wrote.
    index("idx_risk_snooze_author").on(t.authorId),
    check("risk_snooze_reason_length", sql`reason = btrim(reason) and length(reason) between 1 and 1000`),
    check("risk_snooze_ends", sql`(until_date is null) = (response = 'resolved')`),
  ],
);
