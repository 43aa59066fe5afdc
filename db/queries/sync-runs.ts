import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { syncRun } from "@/db/schema";

export async function getSyncRun(db: Db, runId: number) {
  const [run] = await db.select().from(syncRun).where(eq(syncRun.id, runId));
  return run ?? null;
}

/** Those of `userIds` whose part of the run is not done yet, in the same order: what a killed chunk left. */
export async function listUsersToSync(db: Db, runId: number, userIds: number[]): Promise<number[]> {
  const rows: { user_id: number }[] = await db.execute<{ user_id: number }>(sql`
    select w.user_id::int as user_id
    from jsonb_array_elements_text(${JSON.stringify(userIds)}::jsonb) with ordinality as w(user_id, place)
    where not exists (
      select from sync_outcome o where o.run_id = ${runId} and o.user_id = w.user_id::int
    )
    order by w.place`);
  return rows.map((row) => row.user_id);
}
