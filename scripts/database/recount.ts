import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";

/** Four tables are locked one after the other, together in less than the second after which Postgres ends a deadlock. */
const PATIENCE = "200ms";
const PAUSE_MS = 300;
const NOT_AVAILABLE = "55P03";

/**
 * Counts anew what row_count holds. Somebody who writes may wait for a table that is locked here and hold another: then
 * this gives way, never they, and tries again.
 */
export async function recountRows(sql: postgres.Sql, patienceMs = 60_000): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      await sql.begin(async (tx) => {
        await tx`select set_config('lock_timeout', ${PATIENCE}, true)`;
        await tx`select recount_rows()`;
      });
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== NOT_AVAILABLE || Date.now() > until) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
