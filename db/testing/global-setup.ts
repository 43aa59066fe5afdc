import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "@/db/migrate";
import { removeHome, startEmbedded } from "@/scripts/postgres/embedded";
import { databaseUrl, TEMPLATE } from "./server";

/** A real Postgres for the whole run, with one migrated template that every worker's database is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), "cohort-db-test-"));
  // As root the server runs as another user, who has to pass through.
  chmodSync(home, 0o711);
  mkdirSync(join(home, "logs"));
  const server = await startEmbedded(home, { throwaway: true });
  const stop = async () => {
    await server.stop();
    removeHome(home);
  };
  try {
    const url = databaseUrl(server.url, TEMPLATE);
    await run(server.url, `create database ${TEMPLATE}`);
    await migrate(url);
    await run(url, "create extension if not exists pg_stat_statements");
    project.provide("testServerUrl", server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function run(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}
