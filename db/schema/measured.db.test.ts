import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createDb } from "@/db/client";
import { testDatabaseUrl } from "@/db/testing/database";
import { toFailure } from "@/lib/action";
import { PoolBusyError } from "@/lib/errors";
import { type RequestContext, runWithRequest } from "@/lib/observability/request-context";

const pool = createDb(testDatabaseUrl(), { max: 1, name: "cohort-test-measured" });
afterAll(() => pool.close());

const newRequest = (): RequestContext => ({ id: "r", startedAt: performance.now(), statements: 0, sqlMs: 0 });

function isBusy(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof PoolBusyError) return true;
  }
  return false;
}

describe("the measured pool", () => {
  it("counts every statement on the request that sent it, in transactions and savepoints too", async () => {
    const [one, other] = [newRequest(), newRequest()];
    await Promise.all([
      runWithRequest(one, async () => {
        await pool.db.execute(sql`select 1`);
        await pool.db.transaction(async (tx) => {
          await tx.execute(sql`select 2`);
          await tx.transaction((inner) => inner.execute(sql`select 3`));
        });
      }),
      runWithRequest(other, async () => {
        await pool.db.execute(sql`select pg_sleep(0.05)`);
      }),
    ]);
    expect(one.statements).toBe(3);
    expect(other.statements).toBe(1);
    expect(other.sqlMs).toBeGreaterThanOrEqual(45);
  });

  it("counts and times a statement that fails, and frees its connection", async () => {
    const request = newRequest();
    await runWithRequest(request, async () => {
      await expect(pool.db.execute(sql`select 1 / 0`)).rejects.toThrow();
    });
    expect(request.statements).toBe(1);
    await expect(pool.db.transaction(async () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    expect(await pool.db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  });

  it("takes another service's fault within a transaction for no fault of the database", async () => {
    const cause = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const foreign = new TypeError("fetch failed", { cause });
    const inner = pool.db.transaction((tx) => tx.transaction(() => Promise.reject(foreign)));
    await expect(inner).rejects.toBe(foreign);
    const own = pool.db.transaction((tx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`));
    expect(isBusy(await own.catch((error) => error))).toBe(true);
    await expect.poll(() => pool.db.execute(sql`select 1 as one`).catch(() => null)).toMatchObject([{ one: 1 }]);
  });

  it("lets those who wait in order go on when the connection is free", async () => {
    const order: number[] = [];
    const ask = async (number: number) => {
      await pool.db.execute(sql`select pg_sleep(0.05)`);
      order.push(number);
    };
    await Promise.all([ask(1), ask(2), ask(3)]);
    expect(order).toEqual([1, 2, 3]);
  });

  it("refuses whoever waits longer than 5 s, as 503 with Retry-After, and works again afterwards", async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const slow = pool.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      await ended;
    });
    const startedAt = performance.now();
    const waiting = await Promise.allSettled([
      pool.db.execute(sql`select 1`),
      pool.db.transaction((tx) => tx.execute(sql`select 1`)),
    ]);
    const waited = performance.now() - startedAt;
    expect(waited).toBeGreaterThan(4_900);
    expect(waited).toBeLessThan(10_000);
    for (const each of waiting) {
      const error = each.status === "rejected" ? each.reason : null;
      expect(isBusy(error)).toBe(true);
      expect(toFailure(error)).toMatchObject({ code: "unavailable", retryAfterSeconds: 2 });
    }
    end();
    await slow;
    expect(await pool.db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  });
});
