import { bigint, pgTable } from "drizzle-orm/pg-core";
import { dataTagEnum } from "./enums";

/**
 * One row per transaction that changed what a tag stands for, written by triggers (migration 0015) and seen by others
 * when that transaction is. Nothing is updated, so nobody waits for anybody; the visible rows of a tag, hashed, are its
 * version. Old rows are removed by a later one of the same tag, in its transaction, so that no version ever comes back.
 */
export const dataChange = pgTable("data_change", {
  id: bigint({ mode: "bigint" }).generatedAlwaysAsIdentity(),
  tag: dataTagEnum().notNull(),
});
