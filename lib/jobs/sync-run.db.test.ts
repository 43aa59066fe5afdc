import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { assignment, auditEvent, enrolment, project, setting, syncOutcome, syncRun } from "@/db/schema";
import { createBatch, createStudent } from "@/db/testing/factories";
import { createConnectedUser } from "@/lib/wakatime/testing/people";
import { runJob } from "./run";
import { NOW, runLab } from "./testing/run-lab";

const lab = runLab(1000);
const { db } = lab;

describe("a run", () => {
  it("survives one bad user (old defect 15), and says who failed and why", async () => {
    const made = await lab.people(12);
    const bad = made.map(({ key }) => key).slice(2, 7);
    (["500", "402", "202", "truncated", "reset"] as const).forEach((kind, index) => {
      lab.fake.failures.add({ kind, person: bad[index], path: "summaries" });
    });
    const { runId } = await lab.start();
    await lab.plan(runId);
    for (const chunk of lab.chunks()) await lab.runChunk(chunk);
    expect(await lab.runOf(runId)).toMatchObject({
      status: "completed",
      usersTotal: 12,
      usersDone: 12,
      usersOk: 7,
      usersFailed: 5,
      daysWritten: 7 * 14,
      daysUnavailable: 14,
      finishedAt: NOW,
    });
    const failed = (await lab.outcomesOf(runId)).filter((each) => each.kind !== "ok");
    expect(failed.map((each) => each.kind).sort()).toEqual([
      "not_ready",
      "out_of_plan",
      "unavailable",
      "unavailable",
      "unexpected_shape",
    ]);
    expect(failed.every((each) => each.reason)).toBe(true);
  });

  it("is stopped by no fault of ours in one user's sync either", async () => {
    const [first, second] = await lab.people(2);
    await db.execute(sql`
      create function refuse_first() returns trigger language plpgsql as 'begin raise exception ''no''; end'`);
    await db.execute(
      sql.raw(`
      create trigger refuse_first before insert on daily_summary for each row
      when (new.user_id = ${first?.userId}) execute function refuse_first()`),
    );
    const { runId } = await lab.start();
    await lab.plan(runId);
    for (const chunk of lab.chunks()) await lab.runChunk(chunk);
    await db.execute(sql`drop function refuse_first cascade`);
    const outcomes = await lab.outcomesOf(runId);
    expect(outcomes.find((each) => each.userId === first?.userId)).toMatchObject({ kind: "failed" });
    expect(outcomes.find((each) => each.userId === second?.userId)).toMatchObject({ kind: "ok", daysWritten: 14 });
    expect(await lab.runOf(runId)).toMatchObject({ status: "completed", usersOk: 1, usersFailed: 1 });
  });

  it("without anybody to sync is over at once", async () => {
    const { runId } = await lab.start();
    await lab.plan(runId);
    expect(await lab.runOf(runId)).toMatchObject({ status: "completed", usersTotal: 0 });
    expect(lab.chunks()).toEqual([]);
  });

  it("plans once, also when asked twice at the same time", async () => {
    await lab.people(3);
    const { runId } = await lab.start();
    await Promise.all([lab.plan(runId), lab.plan(runId)]);
    await lab.plan(runId);
    expect(lab.chunks()).toHaveLength(1);
    expect((await lab.runOf(runId)).usersTotal).toBe(3);
  });

  it("leaves out whom it must not call, and takes only the asked batch", async () => {
    const [first, second] = await lab.people(2);
    await createConnectedUser(db, { key: lab.nextKey(), status: "paused" });
    await createConnectedUser(db, { key: lab.nextKey(), status: "graduated" });
    await createConnectedUser(db, { key: lab.nextKey(), disabled: true });
    const planned = async (scope: object) => {
      lab.jobs.sent.length = 0;
      await lab.plan((await lab.start({ scope })).runId);
      return lab.chunks().flatMap((chunk) => chunk.userIds);
    };
    expect(await planned({})).toEqual([first?.userId, second?.userId]);
    const [row] = await db.execute<{ batch_id: number }>(sql`
      select e.batch_id from enrolment e join student s on s.id = e.student_id where s.user_id = ${first?.userId ?? 0}`);
    expect(await planned({ batchId: row?.batch_id })).toEqual([first?.userId]);
  });

  it("of one person needs no planning", async () => {
    const [first] = await lab.people(2);
    const run = await lab.wholeRun({ scope: { userId: first?.userId } });
    expect(lab.jobs.sent.map((each) => each.name)).toEqual(["sync-user"]);
    expect(run).toMatchObject({ status: "completed", usersTotal: 1, usersOk: 1, daysWritten: 14 });
  });

  it("is tried again when its row is not there yet", async () => {
    await expect(lab.plan(999_999)).rejects.toThrow("no sync run");
  });
});

describe("starting", () => {
  it("twice with one key starts one run, and writes one line into the audit log", async () => {
    const before = await db.select().from(auditEvent);
    const [first, second] = await Promise.all([lab.start({ key: "nightly:test" }), lab.start({ key: "nightly:test" })]);
    expect([first.started, second.started].sort()).toEqual([false, true]);
    expect(first.runId).toBe(second.runId);
    expect(lab.jobs.sent).toHaveLength(1);
    const events = await db.select().from(auditEvent).orderBy(desc(auditEvent.id));
    expect(events.length - before.length).toBe(1);
    expect(events[0]).toMatchObject({ action: "sync.start", actorJob: "test", subjectId: first.runId });
  });

  it("leaves no run behind when the job cannot be enqueued", async () => {
    const failing = lab.start({ key: "never", enqueue: () => Promise.reject(new Error("the queue is gone")) });
    await expect(failing).rejects.toThrow("the queue is gone");
    expect(await db.select().from(syncRun).where(eq(syncRun.key, "never"))).toEqual([]);
  });
});

describe("the tick", () => {
  const tick = (scheduledFor: string) => runJob("sync-tick", { scheduledFor }, lab.jobs.io);

  it("starts the night once, with the days of the night", async () => {
    await db.insert(setting).values({ key: "academy_time_zone", value: "America/Chicago" });
    await tick("2026-11-23T05:00:00Z");
    expect(lab.jobs.sent).toEqual([]);
    await tick("2026-11-23T05:30:00Z");
    await tick("2026-11-23T06:00:00Z");
    expect(lab.jobs.sent).toMatchObject([{ name: "sync-plan", payload: { asOf: "2026-11-23T05:30:00.000Z" } }]);
    expect(await db.select().from(syncRun).where(eq(syncRun.key, "nightly:2026-11-22"))).toHaveLength(1);
  });

  it("forgets the outcomes of single users after 30 days", async () => {
    const [person] = await lab.people(1);
    const { id } = await lab.wholeRun({ scope: { userId: person?.userId } });
    const age = (days: number) =>
      db
        .update(syncOutcome)
        .set({ createdAt: new Date(NOW.getTime() - days * 86_400_000) })
        .where(eq(syncOutcome.runId, id));
    await age(29.9);
    await tick(NOW.toISOString());
    expect(await lab.outcomesOf(id)).toHaveLength(1);
    await age(30.1);
    await tick(NOW.toISOString());
    expect(await lab.outcomesOf(id)).toEqual([]);
    expect(await lab.runOf(id)).toMatchObject({ usersOk: 1, daysWritten: 14 });
  });

  it("ends the assignment of somebody whose move has come", async () => {
    const [from, to] = [await createBatch(db), await createBatch(db)];
    const { studentId } = await createStudent(db, { batchId: from.id, toDate: "2026-11-20" });
    await db.insert(enrolment).values({ studentId, batchId: to.id, fromDate: "2026-11-20" });
    const [work] = await db
      .insert(project)
      .values({ batchId: from.id, name: "Shop", startDate: "2026-01-05" })
      .returning();
    await db.insert(assignment).values({ studentId, projectId: work?.id ?? 0 });
    await tick(NOW.toISOString());
    expect(await db.select().from(assignment)).toMatchObject([{ studentId, status: "dropped" }]);
  });

  it("leaves a run alone that waits behind another one, and closes it once nothing moves", async () => {
    await lab.people(2);
    const [waiting, moving] = [await lab.start(), await lab.start()];
    const ago = (runId: number, hours: number, done: number) =>
      db.execute(sql`
        update sync_run set updated_at = now() - make_interval(hours => ${hours}::int), users_done = ${done}, users_total = 9,
          planned_at = now() where id = ${runId}`);
    await ago(waiting.runId, 5, 0);
    await ago(moving.runId, 1, 4);
    lab.clock = () => new Date();
    await tick("2026-11-22T12:00:00Z");
    expect((await lab.runOf(waiting.runId)).status).toBe("running");
    await ago(moving.runId, 3, 4);
    await tick("2026-11-22T12:30:00Z");
    expect((await lab.runOf(waiting.runId)).status).toBe("failed");
  });

  it("closes a run that nothing moves any more", async () => {
    await lab.people(1);
    const { runId } = await lab.start();
    lab.clock = () => new Date(Date.now() + 3 * 3_600_000);
    await tick("2026-11-22T12:00:00Z");
    expect(await lab.runOf(runId)).toMatchObject({ status: "failed", error: expect.stringContaining("2 hours") });
  });
});
