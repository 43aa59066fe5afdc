import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { markSyncPlanned } from "@/db/mutations/sync-run";
import { outbox } from "@/db/schema";
import { codingDay, partialToday } from "@/db/seed/coding-generator";
import { testDatabaseUrl } from "@/db/testing/database";
import { eachDay } from "@/lib/dates";
import { createConnectedUser, personOf } from "@/lib/wakatime/testing/people";
import { connectionOf, storedDays } from "@/lib/wakatime/testing/stored";
import { enqueue } from "./enqueue";
import { installQueue } from "./queue";
import { NOW, runLab } from "./testing/run-lab";

const lab = runLab(60_000);
const { db } = lab;
const children: ChildProcess[] = [];

function child(file: string, env: Record<string, string>): ChildProcess {
  const started = fork(path.join(import.meta.dirname, file), [], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, DATABASE_URL: testDatabaseUrl(), FAKE_URL: lab.fake.url, NOW: NOW.toISOString(), ...env },
  });
  children.push(started);
  return started;
}
const kill = async (process: ChildProcess) => {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill("SIGKILL");
  await once(process, "exit");
};
const leasesEnd = () => db.execute(sql`update connection set lease_until = now() where lease_until is not null`);

beforeAll(() => installQueue(testDatabaseUrl()));
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
});

describe("workers that are killed", () => {
  it("lose and double no day, and two at once do each user once", async () => {
    const made = await lab.people(60);
    for (const { key } of made) lab.fake.failures.add({ kind: "slow", person: key, delayMs: 40, times: 1 });
    const workers = [child("testing/runner-child.ts", {}), child("testing/runner-child.ts", {})];
    await Promise.all(workers.map((worker) => once(worker, "message")));
    const { runId } = await lab.start();
    await markSyncPlanned(db, runId, made.length, NOW);
    // Two chunks, so that both workers have something to do.
    const ids = made.map(({ userId }) => userId);
    for (const userIds of [ids.slice(0, 30), ids.slice(30)]) {
      await enqueue(db, "sync-chunk", { runId, asOf: NOW.toISOString(), userIds }, { key: `${runId}:${userIds[0]}` });
    }
    const stopAfter = 5 + Math.floor(Math.random() * 40);
    await expect.poll(() => lab.fake.requests.length).toBeGreaterThanOrEqual(stopAfter);
    await Promise.all(workers.map(kill));

    // What a minute of waiting would bring: the leases end, and the queue notices that nobody is there.
    await leasesEnd();
    await db.execute(sql`update pgboss.job set state = 'retry', start_after = now() where state = 'active'`);
    const next = [child("testing/runner-child.ts", {}), child("testing/runner-child.ts", {})];
    await Promise.all(next.map((worker) => once(worker, "message")));
    await expect.poll(async () => (await lab.runOf(runId)).status).not.toBe("running");
    expect(await lab.runOf(runId)).toMatchObject({ status: "completed", usersTotal: 60, usersDone: 60, usersOk: 60 });

    const asked = new Map<number, number>();
    for (const { person, path: where } of lab.fake.requests) {
      if (person && where.endsWith("summaries")) asked.set(person, (asked.get(person) ?? 0) + 1);
    }
    const twice = [...asked.values()].filter((times) => times > 1).length;
    // Of each worker sixteen were under way, and sixteen at most waited to be written down.
    expect(twice).toBeLessThanOrEqual(2 * (16 + 16));
    for (const { key, userId } of made) {
      const expected = eachDay("2026-11-09", "2026-11-22").map((date) => {
        const whole = codingDay(personOf(key), date);
        return [date, (date === "2026-11-22" ? partialToday(whole) : whole).totalMs];
      });
      expect((await storedDays(db, userId)).map((day) => [day.date, day.total])).toEqual(expected);
    }
  });
});

describe("a process that is killed while it renews an access token", () => {
  /** Between us and the stand-in: passes everything on, and keeps the answer of the token endpoint to itself. */
  async function keepingTheAnswer(when: "before" | "after") {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const proxy = createServer((incoming, outgoing) => {
      const holds = incoming.url === "/oauth/token";
      if (holds && when === "before") return resolve();
      const passed = httpRequest(`${lab.fake.url}${incoming.url}`, {
        method: incoming.method,
        headers: incoming.headers,
      });
      passed.on("response", (answer) => {
        if (holds) return resolve();
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passed);
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const close = () => {
      proxy.close();
      proxy.closeAllConnections();
    };
    return { url, reached, close };
  }

  async function killedWhileRenewing(when: "before" | "after", expiresAt: Date) {
    const userId = await createConnectedUser(db, { key: lab.nextKey(), expiresAt });
    const proxy = await keepingTheAnswer(when);
    const { runId } = await lab.start({ scope: { userId } });
    const sync = child("../wakatime/testing/sync-child.ts", {
      FAKE_URL: proxy.url,
      USER_ID: String(userId),
      RUN_ID: String(runId),
    });
    await proxy.reached;
    await kill(sync);
    proxy.close();
    expect(await storedDays(db, userId)).toEqual([]);
    await leasesEnd();
    return userId;
  }
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

  it("before WakaTime heard of it: the next sync renews it", async () => {
    const userId = await killedWhileRenewing("before", hours(20));
    const run = await lab.wholeRun({ scope: { userId } });
    expect(await lab.outcomesOf(run.id)).toMatchObject([{ kind: "ok", daysWritten: 14, tokenRenewed: true }]);
    expect((await connectionOf(db, userId))?.status).toBe("active");
  });

  it("after WakaTime has spent it: the old access token bridges, and the student is told to reconnect", async () => {
    const userId = await killedWhileRenewing("after", hours(20));
    const run = await lab.wholeRun({ scope: { userId } });
    expect(await lab.outcomesOf(run.id)).toMatchObject([{ kind: "needs_reconnect", daysWritten: 14 }]);
    expect((await connectionOf(db, userId))?.status).toBe("needs_reconnect");
    const notices = await db.select().from(outbox).where(eq(outbox.userId, userId));
    expect(notices).toMatchObject([{ kind: "wakatime-reconnect" }]);
  });

  it("and nothing bridges any more: the link ends, and the student is told to reconnect", async () => {
    const userId = await killedWhileRenewing("after", hours(-1));
    const run = await lab.wholeRun({ scope: { userId } });
    expect(await lab.outcomesOf(run.id)).toMatchObject([{ kind: "needs_reconnect", daysWritten: 0 }]);
    expect((await connectionOf(db, userId))?.status).toBe("needs_reconnect");
    expect(await db.select().from(outbox).where(eq(outbox.userId, userId))).toHaveLength(1);
  });
});
