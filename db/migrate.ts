import path from "node:path";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { createDb } from "./client";

const MIGRATIONS = path.join(import.meta.dirname, "migrations");
const MIGRATION_LOCK = 7_204_001;

/** Brings a database to the newest schema; several processes may ask at once, one works and the others find it done. */
export async function migrate(url: string): Promise<void> {
  const lock = createDb(url, { max: 1, name: "cohort-migrate-lock" });
  const { db, close } = createDb(url, { max: 1, name: "cohort-migrate" });
  try {
    await lock.sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runMigrations(db, { migrationsFolder: MIGRATIONS });
  } finally {
    await close();
    await lock.close();
  }
}
