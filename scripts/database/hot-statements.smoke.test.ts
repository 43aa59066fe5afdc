import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, createDb } from "@/db/client";
import { migrate } from "@/db/migrate";
import { getDashboard } from "@/db/queries/dashboard";
import { seed } from "@/db/seed";
import { findHotSubjects, type HotSubjects, hotStatements } from "@/db/testing/hot-statements";
import { explaining, indexesOf, largeTables, scannedWhole } from "@/db/testing/plans";
import { withRollback } from "@/db/testing/rollback";
import { type Embedded, removeHome, startEmbedded } from "../postgres/embedded";

const SESSIONS = 5_000;
const NOW = new Date();

let home: string;
let postgres: Embedded;
let connection: Connection;
let subjects: HotSubjects;
let large: string[];

/** An academy of ten thousand students. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "cohort-hot-statements-"));
  chmodSync(home, 0o711);
  mkdirSync(join(home, "logs"));
  postgres = await startEmbedded(home, { throwaway: true });
  await migrate(postgres.url);
  connection = createDb(postgres.url, { max: 1, name: "cohort-hot-statements" });
  const tokenKeys = `test:${Buffer.alloc(32, 7).toString("base64")}`;
  await seed(connection.db, { size: "10k", authSecret: "a secret for the hot statements, long enough", tokenKeys });
  await connection.sql`
    insert into session (token_hash, user_id, expires_at)
    select sha256(n::text::bytea), (select min(id) from "user"), now() + interval '1 day' from generate_series(1, ${SESSIONS}::int) n`;
  await connection.sql`analyze session`;
  subjects = await findHotSubjects(connection.db);
  large = await largeTables(connection.db);
});

afterAll(async () => {
  await connection?.close();
  await postgres?.stop();
  removeHome(home);
});

describe("the hot statements at 10,000 students", () => {
  it("are one each, go by their indexes, and read no large table from end to end", async () => {
    expect(large).toEqual(expect.arrayContaining(["daily_summary", "daily_summary_item"]));
    const faults: string[] = [];
    for (const { name, needs, run } of hotStatements) {
      const { db, plans, prepared } = explaining(connection.db);
      await run(db, subjects, NOW);
      if (plans.length !== 1) faults.push(`${name}: ${plans.length} statements`);
      for (const [which, plan] of [
        ...plans.map((each) => [name, each] as const),
        ...prepared.map((each) => [`${name}, prepared`, each] as const),
      ]) {
        const used = indexesOf(plan);
        for (const index of needs) if (!used.includes(index)) faults.push(`${which}: ${index} is not used`);
        for (const table of scannedWhole(plan, large)) faults.push(`${which}: reads all of ${table}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("would be found out without the index of a person's days", async () => {
    await withRollback(connection.db, async (tx) => {
      await tx.execute(sql`drop index idx_daily_summary_user_date`);
      await tx.execute(sql`drop index idx_daily_summary_date`);
      const { db, plans } = explaining(tx, { dashboard: {} });
      await getDashboard(db, NOW);
      expect(plans.flatMap(indexesOf)).not.toContain("idx_daily_summary_user_date");
      expect(plans.flatMap((plan) => scannedWhole(plan, large))).toContain("daily_summary");
    });
  });
});
