import { describe, expect, it } from "vitest";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createUser } from "@/db/testing/factories";

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
    // When there are more than 32 of a tag, the last one removes those before it.
    expect((await noted()).filter(({ tag }) => tag === "batches").length).toBeLessThanOrEqual(32);
  });

  it("never make a version that was there before, whoever commits late and whatever else changes meanwhile", async () => {
    const people = async () => (await noted()).filter(({ tag }) => tag === "people").map(({ id }) => id);
    const manyOthers = async () => {
      for (let change = 0; change < 70; change += 1) await createBatch(testDb());
    };
    let before: number[] = [];
    await testDb().transaction(async (slow) => {
      await createUser(slow);
      await createUser(testDb());
      await manyOthers();
      before = await people();
    });
    await manyOthers();
    const late = (await people()).filter((id) => !before.includes(id));
    expect(late).toHaveLength(1);
    expect(late[0]).toBeLessThan(Math.max(...before));
  });
});
