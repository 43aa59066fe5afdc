import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

export const MIGRATIONS = path.join(import.meta.dirname, "migrations");
const MIGRATION_LOCK = 7_204_001;

/** As long as it takes: a large index takes longer than a statement of the product may, and so does waiting for it. */
const connect = (url: string, name: string) =>
  postgres(url, {
    max: 1,
    prepare: false,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: name, statement_timeout: 0, TimeZone: "UTC" },
  });

/** Brings a database to the newest schema; several processes may ask at once, one works and the others find it done. */
export async function migrate(url: string, migrationsFolder = MIGRATIONS): Promise<void> {
  const lock = connect(url, "cohort-migrate-lock");
  const work = connect(url, "cohort-migrate");
  try {
    await lock`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runMigrations(drizzle(work), { migrationsFolder });
  } finally {
    await work.end({ timeout: 5 });
    await lock.end({ timeout: 5 });
  }
}
