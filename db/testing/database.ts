import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { createDb, type Database } from "@/db/client";
import { databaseUrl, TEMPLATE } from "./server";

const POOL_MAX = 10;
/** A crowd waits for as long as a busy machine takes; what becomes of those who wait too long: measured.db.test.ts. */
const POOL_WAIT_MS = 60_000;

// One database per worker and file, copied from the template: what a test commits never meets another file's tests.
const server = inject("testServerUrl");
const name = `cohort_test_${process.env.VITEST_POOL_ID ?? "0"}`;
const admin = postgres(server, { max: 1, onnotice: () => {} });
await admin.unsafe(`drop database if exists ${name} with (force)`);
await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
await admin.end();

const url = databaseUrl(server, name);
process.env.DATABASE_URL = url;
const connection = createDb(url, { max: POOL_MAX, name: "cohort-test", waitMs: POOL_WAIT_MS });
afterAll(() => connection.close());

/** The database of this test file. */
export const testDb = (): Database => connection.db;

/** The same database as plain postgres.js, for statements that look at the server itself. */
export const testSql = (): postgres.Sql => connection.sql;

export const testDatabaseUrl = (): string => url;

export { withRollback } from "./rollback";
