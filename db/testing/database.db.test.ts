import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDb, testSql, withRollback } from "./database";

describe("the database of a test file", () => {
  it("has the migrated schema", async () => {
    const [row] = await testSql()`select to_regclass('public.user') is not null as found`;
    expect(row?.found).toBe(true);
  });

  it("counts statements with pg_stat_statements", async () => {
    const [row] = await testSql()`select count(*)::int as count from pg_stat_statements`;
    expect(row?.count).toBeGreaterThanOrEqual(0);
  });

  it("keeps nothing of a rolled back test, and hands back its result", async () => {
    const result = await withRollback(testDb(), async (tx) => {
      await tx.execute(sql`create table only_here (id int)`);
      return "seen";
    });
    expect(result).toBe("seen");
    const [row] = await testSql()`select to_regclass('public.only_here') as found`;
    expect(row?.found).toBeNull();
  });

  it("passes a test's own failure on", async () => {
    await expect(withRollback(testDb(), async () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  });
});
