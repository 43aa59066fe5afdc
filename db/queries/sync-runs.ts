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
    select w.user_id
    from unnest(${`{${userIds.join(",")}}`}::int[]) with ordinality as w(user_id, place)
    -- One probe each by idx_sync_outcome_run_user: a join would read all that the run has written so far.
    where not exists (
      select from sync_outcome o where o.run_id = ${runId} and o.user_id = w.user_id offset 0
    )
    order by w.place`);
  return rows.map((row) => row.user_id);
}
