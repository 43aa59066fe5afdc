import { desc, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { batch } from "@/db/schema";
import { academyZone, localDay } from "./fragments";

/** Every batch for a filter's menu, the latest first. */
export const listBatchOptions = (db: Db) =>
  db
    .select({ id: batch.id, name: batch.name, startDate: batch.startDate })
    .from(batch)
    .orderBy(desc(batch.startDate), batch.name);

type BatchDefaults = { timeZone: string; today: string };

/** What the form for a new batch begins with: the academy's own zone and day. */
export async function getBatchDefaults(db: Db): Promise<BatchDefaults> {
  const [row] = await db.execute<BatchDefaults>(
    sql`select ${academyZone} as "timeZone", ${localDay(sql`now()`, academyZone)}::text as today`,
  );
  if (!row) throw new Error("a select without a condition returned no row");
  return { ...row };
}
