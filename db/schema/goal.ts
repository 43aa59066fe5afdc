import { sql } from "drizzle-orm";
import { check, integer, pgTable, smallint, text, unique } from "drizzle-orm/pg-core";
import { student } from "./batch";
import { editedColumns, identity } from "./columns";
import { codingNameKindEnum, goalPeriodEnum } from "./enums";

/**
 * Coding time that a student means to reach in each day, week (from Monday) or month of their own calendar: of all
 * coding, or of one language or project by name. The five slots are what allows five at most.
 */
export const goal = pgTable(
  "goal",
  {
    id: identity(),
    studentId: integer()
      .notNull()
      .references(() => student.id, { onDelete: "cascade" }),
    slot: smallint().notNull(),
    period: goalPeriodEnum().notNull(),
    kind: codingNameKindEnum(),
    name: text(),
    targetMs: integer().notNull(),
    ...editedColumns,
  },
  (t) => [
    unique("goal_slot").on(t.studentId, t.slot),
    // The same aim twice would be two progress bars that are one.
    unique("goal_aim").on(t.studentId, t.period, t.kind, t.name).nullsNotDistinct(),
    check("goal_slot_range", sql`slot between 1 and 5`),
    check(
      "goal_of_one_thing",
      sql`(kind is null) = (name is null) and (kind is null or kind in ('language', 'project'))`,
    ),
    check("goal_name_length", sql`name = btrim(name) and length(name) between 1 and 200`),
    // A minute at least, and never more than the period has; a month is bounded by what the column holds, 576 hours.
    check(
      "goal_target_in_period",
      sql`target_ms between 60000 and case period when 'day' then 1 when 'week' then 7 else 24 end * 86400000`,
    ),
  ],
);
