import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";

/**
 * How many rows a table has, as changes whose sum it is, so that nobody reads a large table to count it and nobody waits
 * for anybody to be counted. Written by triggers (migration 0016), in the transaction that adds or removes the rows; now
 * and then a later one replaces many changes by their sum. Counted are `certificate`, `demo`, `connection` and, of each
 * role and without the accounts that were deleted, `role:student` and the like (docs/decisions/031).
 */
export const rowCount = pgTable("row_count", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  counted: text().notNull(),
  delta: integer().notNull(),
});
