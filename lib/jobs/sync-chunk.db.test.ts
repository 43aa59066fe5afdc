import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { leaseConnections } from "@/db/mutations/connection-lease";
import { leaseOwnerPrefix } from "@/lib/wakatime/sync";
import { holdAnswers } from "@/lib/wakatime/testing/hold";
import { runJob } from "./run";
import { createTestIo } from "./testing/io";
import { NOW, runLab } from "./testing/run-lab";

const lab = runLab(2000);
const { db } = lab;

describe("a chunk that was killed", () => {
  it("goes on where it stopped, and every user and day counts once", async () => {
    const made = await lab.people(8);
    const { runId } = await lab.start();
    await lab.plan(runId);
    const [chunk] = lab.chunks();
    // Stopped while the fifth user is being asked for.
    const stopped = createTestIo(db, lab.fake.url, () => NOW);
    const answer = holdAnswers(lab.fake, { person: made[4]?.key });
    const running = runJob("sync-chunk", chunk, stopped.io);
    await expect.poll(async () => (await lab.runOf(runId)).usersDone).toBeGreaterThan(0);
    stopped.stop.abort(new Error("killed"));
    await expect(running).rejects.toThrow("killed");
    answer.release();
    await stopped.close();
    const half = await lab.runOf(runId);
    expect(half.status).toBe("running");
    expect(half.usersDone).toBeGreaterThan(0);
    expect(half.usersDone).toBeLessThan(8);

    lab.fake.failures.clear();
    const asked = lab.fake.requests.length;
    await lab.runChunk(chunk);
    expect(lab.fake.requests.length - asked).toBe(8 - half.usersDone);
    const done = { status: "completed", usersDone: 8, usersOk: 8, daysWritten: 8 * 14, daysUnchanged: 0 };
    expect(await lab.runOf(runId)).toMatchObject(done);
    // Delivered once more, after it was done.
    await lab.runChunk(chunk);
    expect(await lab.runOf(runId)).toMatchObject(done);
  });

  it("is done once when two workers have it at the same time", async () => {
    await lab.people(10);
    const { runId } = await lab.start();
    await lab.plan(runId);
    const [chunk] = lab.chunks();
    await Promise.all([lab.runChunk(chunk), lab.runChunk(chunk)]);
    for (const rest of lab.chunks().slice(1)) await lab.runChunk(rest);
    const run = await lab.runOf(runId);
    expect(run).toMatchObject({ status: "completed", usersTotal: 10, usersDone: 10, usersOk: 10 });
    expect(run.daysWritten + run.daysUnchanged).toBe(10 * 14);
    const [days] = await db.execute<{ most: number }>(sql`
      select max(n)::int as most from (select count(*) as n from daily_summary group by user_id, date) t`);
    expect(days?.most).toBe(1);
  });

  it("comes back later for a user whose lease it left behind", async () => {
    const made = await lab.people(2);
    const { runId } = await lab.start();
    const held = made[0]?.userId ?? 0;
    await leaseConnections(db, {
      userIds: [held],
      owner: `${leaseOwnerPrefix(runId)}killed`,
      leaseSeconds: 100,
      window: { from: "2026-11-22", to: "2026-11-22" },
    });
    await lab.plan(runId);
    await lab.runChunk(lab.chunks()[0]);
    expect(await lab.runOf(runId)).toMatchObject({ status: "running", usersDone: 1 });
    const rest = lab.jobs.sent.at(-1);
    expect(rest).toMatchObject({ name: "sync-chunk", payload: { runId, userIds: [held] } });
    expect(rest?.options.scheduledFor?.getTime()).toBeGreaterThan(NOW.getTime());
  });

  it("comes back for a user whom another sync has just now; a run of that one alone says so", async () => {
    const made = await lab.people(2);
    const held = made[0]?.userId ?? 0;
    const window = { from: "2026-11-22", to: "2026-11-22" };
    await leaseConnections(db, { userIds: [held], owner: "run:none:other", leaseSeconds: 60, window });
    const { runId } = await lab.start();
    await lab.plan(runId);
    await lab.runChunk(lab.chunks()[0]);
    expect(await lab.runOf(runId)).toMatchObject({ status: "running", usersDone: 1 });
    const rest = lab.chunks()[1];
    expect(rest?.userIds).toEqual([held]);

    const alone = await lab.wholeRun({ scope: { userId: held } });
    expect(await lab.outcomesOf(alone.id)).toMatchObject([{ kind: "skipped", reason: "already syncing" }]);
    await db.execute(sql`update connection set lease_until = now() where user_id = ${held}`);
    await lab.runChunk(rest);
    expect(await lab.runOf(runId)).toMatchObject({ status: "completed", usersOk: 2 });
  });

  it("whose outcomes cannot be written ends with that fault, holds no lease and counts no more", async () => {
    await lab.people(3);
    const { runId } = await lab.start();
    await lab.plan(runId);
    await db.execute(sql`
      create function refuse_outcomes() returns trigger language plpgsql as 'begin raise exception ''no disk''; end'`);
    await db.execute(sql`
      create trigger refuse_outcomes before insert on sync_outcome for each row execute function refuse_outcomes()`);
    await expect(lab.runChunk(lab.chunks()[0])).rejects.toThrow();
    await db.execute(sql`drop function refuse_outcomes cascade`);
    const stoppedAt = (await lab.runOf(runId)).updatedAt;
    await db.execute(sql`update connection set lease_until = now() where lease_owner is not null`);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await lab.runOf(runId)).updatedAt).toEqual(stoppedAt);
    await lab.runChunk(lab.chunks()[0]);
    expect(await lab.runOf(runId)).toMatchObject({
      status: "completed",
      usersOk: 3,
      daysWritten: 0,
      daysUnchanged: 42,
    });
  });

  it("hands on what its time did not suffice for", async () => {
    const made = await lab.people(40);
    const { runId } = await lab.start();
    await lab.plan(runId);
    let asked = 0;
    // Every look at the clock takes half a minute.
    lab.clock = () => new Date(NOW.getTime() + asked++ * 30_000);
    await lab.runChunk(lab.chunks()[0]);
    const rest = lab.chunks()[1];
    expect(rest?.userIds.length).toBeGreaterThan(0);
    expect((await lab.outcomesOf(runId)).length + (rest?.userIds.length ?? 0)).toBe(made.length);
    lab.clock = () => NOW;
    await lab.runChunk(rest);
    expect(await lab.runOf(runId)).toMatchObject({ status: "completed", usersDone: 40 });
  });
});
