import type { PgTransaction } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env, requireEnv } from "@/lib/env";
import { createGate, type PoolState } from "./gate";
import { measured, type Sending } from "./measured";
import { createPresence } from "./presence";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;

/** The client or an open transaction: the first argument of every query and mutation. */
// biome-ignore lint/suspicious/noExplicitAny: the two type parameters name driver internals nobody reads
export type Db = Database | PgTransaction<any, typeof schema, any>;

export type Connection = { db: Database; sql: postgres.Sql; pool: () => PoolState; close: () => Promise<void> };

type Options = {
  max: number;
  name?: string;
  /** Statements are prepared by name, which spares their planning: for few statements sent over and over. */
  prepare?: Sending["prepare"];
  /** How long a caller waits for a free connection. */
  waitMs?: number;
};

const FIRST_PAUSE_SECONDS = 0.05;
const LONGEST_PAUSE_SECONDS = 0.25;

/**
 * A transaction pooler hands each transaction another session, which does not know what was prepared in the last one. One
 * that its address does not give away is named by `prepare=false` there, which the driver keeps to itself.
 */
export function isPooler(url: string): boolean {
  const { hostname, port, searchParams } = new URL(url);
  const said = searchParams.get("prepare") === "false" || searchParams.get("pgbouncer") === "true";
  return said || port === "6432" || port === "6543" || /(^|[.-])pooler([.-]|$)/.test(hostname);
}

/**
 * A pool with the house's limits: 10 s to connect, 30 s a statement, 5 s for a free connection, an hour of life.
 * It works behind a transaction pooler: statements are prepared by name only where asked for and no pooler is in between.
 */
export function createDb(url: string, { max, name = "cohort", prepare = false, waitMs }: Options): Connection {
  const prepared = isPooler(url) ? false : prepare;
  const sql = postgres(url, {
    max,
    prepare: prepared !== false,
    connect_timeout: 10,
    // The driver's own pauses grow to 20 s, in which statements would hang although the database is back.
    backoff: (retries) => Math.min(FIRST_PAUSE_SECONDS * 2 ** retries, LONGEST_PAUSE_SECONDS),
    idle_timeout: 60,
    max_lifetime: 60 * 60,
    keep_alive: 30,
    onnotice: () => {},
    connection: { application_name: name, statement_timeout: 30_000, TimeZone: "UTC" },
  });
  const gate = createGate(max, { ...(waitMs && { waitMs }) });
  const presence = createPresence(url);
  const db = drizzle(measured(sql, { gate, presence }, { prepare: prepared }), { schema, casing: "snake_case" });
  const close = () => {
    presence.stop();
    return sql.end({ timeout: 5 });
  };
  return { db, sql, pool: gate.state, close };
}

const shared = globalThis as { cohortDb?: Connection };

/** The web process's pool, opened by the first statement; reloading code in development keeps it. */
export function getDb(): Database {
  shared.cohortDb ??= createDb(requireEnv("DATABASE_URL"), {
    max: env().DATABASE_POOL_MAX,
    name: "cohort-web",
    prepare: "marked",
  });
  return shared.cohortDb.db;
}

/** The connections of the web process's pool; null before its first statement. */
export const poolState = (): PoolState | null => shared.cohortDb?.pool() ?? null;

/** Closes the web process's pool, for a graceful stop. */
export async function closeDb(): Promise<void> {
  await shared.cohortDb?.close();
  delete shared.cohortDb;
}
