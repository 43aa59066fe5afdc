import { describe, expect, it } from "vitest";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch } from "@/db/testing/factories";

const CHANGES = 100;

const noted = () => testSql()<{ id: number; tag: string }[]>`select id::int as id, tag from data_change order by id`;

describe("noted changes", () => {
  it("are one for each transaction and tag, however much it writes", async () => {
    const before = (await noted()).length;
    await testDb().transaction(async (tx) => {
      await createBatch(tx);
      await createBatch(tx);
    });
    expect((await noted()).slice(before).map(({ tag }) => tag)).toEqual(["batches"]);
  });

  it("fail nobody and stay few, the latest among them", async () => {
    let latest = 0;
    for (let change = 0; change < CHANGES; change += 1) {
      await createBatch(testDb());
      const id = (await noted()).at(-1)?.id ?? 0;
      expect(id).toBeGreaterThan(latest);
      latest = id;
    }
    // Every 32nd removes those before it.
    expect((await noted()).length).toBeLessThanOrEqual(33);
  });
});
