import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach } from "vitest";
import { syncOutcome, syncRun } from "@/db/schema";
import { wakatimeLab } from "@/lib/wakatime/testing/lab";
import { createConnectedUser } from "@/lib/wakatime/testing/people";
import type { JobPayload } from "../contracts";
import { runJob } from "../run";
import { startSync } from "../sync-start";
import { createTestIo } from "./io";

export const NOW = new Date("2026-11-22T12:00:00Z");

type StartOptions = Partial<Parameters<typeof startSync>[1]>;

/** Whole runs by hand: start, plan and chunks against the stand-in, with a queue that only remembers. */
export function runLab(firstKey: number) {
  const wakatime = wakatimeLab({ now: NOW.toISOString(), firstKey });
  const { db } = wakatime;
  const actor = { type: "system", job: "test" } as const;
  let jobs: ReturnType<typeof createTestIo> | undefined;

  const lab = {
    db,
    clock: () => NOW,
    get fake() {
      return wakatime.fake;
    },
    get jobs() {
      if (!jobs) throw new Error("The test has not begun.");
      return jobs;
    },
    /** Students with a link, each with the key that decides their invented days. */
    async people(count: number) {
      const made: { key: number; userId: number }[] = [];
      for (let index = 0; index < count; index++) {
        const key = wakatime.nextKey();
        made.push({ key, userId: await createConnectedUser(db, { key }) });
      }
      return made;
    },
    nextKey: wakatime.nextKey,
    async runOf(runId: number) {
      const [row] = await db.select().from(syncRun).where(eq(syncRun.id, runId));
      if (!row) throw new Error("no run");
      return row;
    },
    outcomesOf: (runId: number) => db.select().from(syncOutcome).where(eq(syncOutcome.runId, runId)),
    start: (more: StartOptions = {}) => startSync(db, { actor, enqueue: lab.jobs.io.enqueue, ...more }),
    plan: (runId: number) => runJob("sync-plan", { runId, asOf: NOW.toISOString() }, lab.jobs.io),
    chunks: () =>
      lab.jobs.sent
        .filter((each) => each.name === "sync-chunk")
        .map((each) => each.payload as JobPayload<"sync-chunk">),
    runChunk: (payload: unknown) => runJob("sync-chunk", payload, lab.jobs.io),
    /** From the first row to the last user. */
    async wholeRun(more: StartOptions = {}) {
      lab.jobs.sent.length = 0;
      const { runId } = await lab.start(more);
      if (!more.scope?.userId) await lab.plan(runId);
      for (let index = 0; index < lab.jobs.sent.length; index++) {
        const { name, payload } = lab.jobs.sent[index] ?? {};
        if (name === "sync-chunk" || name === "sync-user") await runJob(name, payload, lab.jobs.io);
      }
      return lab.runOf(runId);
    },
  };

  beforeEach(() => {
    lab.clock = () => NOW;
    jobs = createTestIo(db, wakatime.fake.url, () => lab.clock());
  });
  afterEach(async () => {
    await lab.jobs.close();
    // Each test has its own people.
    await db.execute(sql`update connection set status = 'needs_reconnect'`);
  });
  return lab;
}
