import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { enqueue, enqueueMany } from "./enqueue";
import { installQueue, QueueMissingError } from "./queue";

const db = testDb();
const asOf = "2026-11-22T12:00:00.000Z";
const chunk = (after: number, more: { scheduledFor?: Date } = {}) => ({
  payload: { runId: 1, asOf, userIds: [after + 1] },
  key: `run:1:after:${after}`,
  ...more,
});

const stored = async () => {
  const rows = await db.execute<{ key: string; first: number; starts: Date; retries: number; expires: number }>(sql`
    select singleton_key as key, (data->'userIds'->>0)::int as first, start_after as starts, retry_limit as retries,
      expire_seconds as expires
    from pgboss.job where name = 'sync-chunk' and state < 'completed' order by 2`);
  return rows.map((row) => ({ ...row }));
};
const keys = async () => (await stored()).map((row) => row.key);

describe("many jobs at once", () => {
  beforeAll(async () => {
    await expect(enqueueMany(db, "sync-chunk", [chunk(0)])).rejects.toThrow(QueueMissingError);
    await installQueue(testDatabaseUrl());
  });
  beforeEach(() => db.execute(sql`delete from pgboss.job`));

  it("come and go with the caller's transaction, in one statement", async () => {
    const rolledBack = db.transaction(async (tx) => {
      await enqueueMany(tx, "sync-chunk", [chunk(0), chunk(1)]);
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    expect(await keys()).toEqual([]);

    const inserts = async () => {
      const [row] = await db.execute<{ calls: number }>(sql`
        select coalesce(sum(calls), 0)::int as calls from pg_stat_statements where query ilike '%insert into pgboss.job%'
          and dbid = (select oid from pg_database where datname = current_database())`);
      return row?.calls ?? 0;
    };
    const before = await inserts();
    const many = Array.from({ length: 400 }, (_, index) => chunk(index));
    await db.transaction((tx) => enqueueMany(tx, "sync-chunk", many));
    expect((await inserts()) - before).toBe(1);
    expect((await stored()).map((row) => row.first)).toEqual(many.map((each) => each.payload.userIds[0]));
  });

  it("take no place that is taken: waiting, running, or twice in one list", async () => {
    await enqueue(db, "sync-chunk", chunk(0).payload, chunk(0));
    await enqueue(db, "sync-chunk", chunk(1).payload, chunk(1));
    await db.execute(sql`update pgboss.job set state = 'active' where singleton_key = ${chunk(1).key}`);
    const again = { ...chunk(2), payload: { runId: 1, asOf, userIds: [99] } };
    await enqueueMany(db, "sync-chunk", [chunk(0), chunk(1), chunk(2), again, chunk(3)]);
    expect((await stored()).map((row) => row.first)).toEqual([1, 2, 3, 4]);
    await db.execute(sql`update pgboss.job set state = 'completed' where singleton_key = ${chunk(1).key}`);
    await enqueueMany(db, "sync-chunk", [chunk(0), chunk(1)]);
    expect(await keys()).toEqual([0, 1, 2, 3].map((after) => chunk(after).key));
  });

  it("wait for their time, and have the tries of the queue", async () => {
    const scheduledFor = new Date("2099-01-01T00:00:00Z");
    await enqueueMany(db, "sync-chunk", [chunk(0, { scheduledFor }), chunk(1)]);
    const [later, now] = await stored();
    expect(new Date(later?.starts ?? 0).toISOString()).toBe(scheduledFor.toISOString());
    expect(new Date(now?.starts ?? 0).getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    expect([later?.retries, later?.expires]).toEqual([12, 900]);
  });

  it("are all refused when one has a wrong payload", async () => {
    const wrong = { ...chunk(1), payload: { runId: 1, asOf, userIds: [] } };
    await expect(enqueueMany(db, "sync-chunk", [chunk(0), wrong])).rejects.toThrow();
    expect(await keys()).toEqual([]);
  });
});
