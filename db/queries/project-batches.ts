import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Looker } from "./user-list";

export type OwnBatch = { id: number; name: string; startDate: string; endDate: string };

/** The batches that the looker may give work to: an instructor's own, an admin's all; archived ones are over. */
export async function listOwnBatches(db: Db, looker: Looker): Promise<OwnBatch[]> {
  const own = sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`;
  const rows: OwnBatch[] = await db.execute<OwnBatch>(sql`
    select b.id, b.name, b.start_date::text as "startDate", b.end_date::text as "endDate"
    from batch b
    where b.archived_at is null and ${looker.role === "admin" ? sql`true` : own}
    order by b.start_date desc, b.name`);
  return rows.map((row) => ({ ...row }));
}
