import { type SQL, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "@/db/client";
import { testDb, withRollback } from "@/db/testing/database";
import { getSyncHome } from "./sync-home";
import { getSyncSubject } from "./sync-scope";
import { getStudentSync } from "./sync-student-history";
import { listSyncStudents } from "./sync-student-list";

const ADMIN = { id: 1, role: "admin" } as const;
const LIST = { page: 1, size: 20, q: "" };
const RUNS = { page: 1, size: 20, sort: { descending: true } };

type Line = { "QUERY PLAN": string };

/**
 * How Postgres would run the one statement that `query` sends, reading whole tables and sorting only where no index
 * would do: so small a database says nothing about costs.
 */
const planOf = (query: (db: Db) => Promise<unknown>): Promise<string> =>
  withRollback(testDb(), async (tx) => {
    await tx.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true),
      set_config('enable_hashjoin', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
    let plan = "";
    const explaining = {
      execute: async (statement: SQL) => {
        const lines: Line[] = await tx.execute<Line>(sql`explain (costs off) ${statement}`);
        plan = lines.map((line) => line["QUERY PLAN"]).join("\n");
        return [{}];
      },
    };
    await query(explaining as unknown as Db);
    return plan;
  });

const LIMITED_BY = (index: string) => new RegExp(`Limit\\n(?:.*(?:Nested Loop|Join Filter).*\\n)*.*using ${index} `);

it("reads a page of connected students in the order of an index, either way", async () => {
  const indexes = { name: "idx_user_(?:name|filters)", synced: "idx_connection_synced" } as const;
  for (const key of ["name", "synced"] as const) {
    for (const descending of [false, true]) {
      const plan = await planOf((db) => listSyncStudents(db, { ...LIST, sort: { key, descending } }, ADMIN));
      expect(plan, `${key} ${descending}`).toMatch(LIMITED_BY(indexes[key]));
      expect(plan).not.toContain("WindowAgg");
    }
  }
});

it("finds runs by what is asked about them, however many single students' there are", async () => {
  const home = await planOf((db) => getSyncHome(db, RUNS, ADMIN));
  expect(home).toMatch(LIMITED_BY("idx_sync_run_started"));
  expect(home.match(/using idx_sync_run_whole/g)).toHaveLength(2);
  expect(await planOf((db) => getSyncSubject(db, { userId: 7 }))).toContain("idx_sync_run_student");
  expect(await planOf((db) => getSyncSubject(db, { batchId: 7 }))).toContain("idx_sync_run_batch");
  expect(await planOf((db) => getSyncSubject(db, {}))).toContain("idx_sync_run_whole");
  expect(await planOf((db) => getStudentSync(db, 7, ADMIN))).toMatch(/idx_sync_run_(student|open)/);
});
