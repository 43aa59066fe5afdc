import { desc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { batch } from "@/db/schema";

/** Every batch for a filter's menu, the latest first. */
export const listBatchOptions = (db: Db) =>
  db
    .select({ id: batch.id, name: batch.name, startDate: batch.startDate })
    .from(batch)
    .orderBy(desc(batch.startDate), batch.name);
