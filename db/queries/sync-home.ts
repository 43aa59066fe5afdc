import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { listPage } from "./list";
import { type SyncOverview, syncOverviewJson } from "./sync-overview";
import { type SyncRunFilters, type SyncRunListRow, syncRunSource } from "./sync-run-list";
import type { Looker } from "./user-list";

/** Everything on `/admin/sync` in one statement: one page of the runs with the exact total, and the page's head. */
export const getSyncHome = (db: Db, filters: SyncRunFilters, looker: Looker) =>
  listPage<SyncRunListRow, { overview: SyncOverview }>(
    db,
    syncRunSource(filters, looker),
    filters,
    sql`${syncOverviewJson(looker)} as overview`,
  );
