import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Page } from "./page";
import { type SyncOverview, syncOverviewJson } from "./sync-overview";
import { type SyncRunFilters, type SyncRunListRow, syncRunsSelect } from "./sync-run-list";
import type { Looker } from "./user-list";

/** Everything on `/admin/sync` in one statement: its head, and one page of the runs with the exact total. */
export async function getSyncHome(
  db: Db,
  filters: SyncRunFilters,
  looker: Looker,
): Promise<{ overview: SyncOverview; runs: Page<SyncRunListRow> }> {
  const [row] = await db.execute<{ overview: SyncOverview; total: number; rows: SyncRunListRow[] }>(sql`
    select ${syncOverviewJson(looker)} as overview, runs.total, runs.rows
    from (${syncRunsSelect(filters, looker)}) runs`);
  if (!row) throw new Error("the sync page's statement returned no row");
  const { overview, total, rows } = row;
  return { overview, runs: { rows, total, page: filters.page, pageSize: filters.pageSize } };
}
