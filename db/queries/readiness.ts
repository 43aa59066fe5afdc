import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";

/** How many of our migrations the database still lacks; 0 when it is ready. Throws when it does not answer. */
export async function countPendingMigrations(db: Db): Promise<number> {
  const [table] = await db.execute<{ known: boolean }>(sql`
    select to_regclass('drizzle.__drizzle_migrations') is not null as known`);
  if (!table?.known) return journal.entries.length;
  const [applied] = await db.execute<{ newest: number }>(sql`
    select coalesce(max(created_at), 0)::float8 as newest from drizzle.__drizzle_migrations`);
  return journal.entries.filter((entry) => entry.when > (applied?.newest ?? 0)).length;
}
