import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, connection, outbox } from "@/db/schema";
import { createUser } from "@/db/testing/factories";
import { createConnectedUser } from "@/lib/wakatime/testing/people";
import { connectionOf } from "@/lib/wakatime/testing/stored";
import { runLab } from "./testing/run-lab";

const lab = runLab(3_000);
const { db } = lab;

const dead = { accessToken: "waka_tok_dead", refreshToken: "waka_ref_dead" };
const deadPeople = async (count: number) => {
  const made: number[] = [];
  for (let index = 0; index < count; index++) made.push(await createConnectedUser(db, { key: lab.nextKey(), ...dead }));
  return made;
};
/** Their access still works and is due for renewal, which WakaTime refuses: what a lost answer leaves behind. */
const bridgedPeople = async (count: number) => {
  const made: number[] = [];
  for (let index = 0; index < count; index++) {
    const expiresAt = new Date(Date.now() + 3_600_000);
    made.push(await createConnectedUser(db, { key: lab.nextKey(), expiresAt, refreshToken: "waka_ref_dead" }));
  }
  return made;
};
const noticesTo = (userId: number, kind: string) =>
  db
    .select()
    .from(outbox)
    .where(and(eq(outbox.userId, userId), eq(outbox.kind, kind)));
const statusOf = async (userId: number) => (await connectionOf(db, userId))?.status;

describe("a refused refresh", () => {
  it("breaks that link when others got through: told once, in the audit log, and not called any more", async () => {
    const [good] = await lab.people(1);
    const [refused = 0] = await deadPeople(1);
    const run = await lab.wholeRun();
    expect(run).toMatchObject({ status: "completed", usersOk: 1, usersFailed: 1 });
    expect(await connectionOf(db, refused)).toMatchObject({ status: "needs_reconnect", brokenAt: expect.any(Date) });
    expect(await statusOf(good?.userId ?? 0)).toBe("active");
    expect(await noticesTo(refused, "wakatime-reconnect")).toHaveLength(1);
    const [row] = await db.select().from(connection).where(eq(connection.userId, refused));
    const events = await db.select().from(auditEvent).where(eq(auditEvent.action, "connection.break"));
    expect(events).toMatchObject([{ subjectId: row?.id, actorJob: "sync", after: { status: "needs_reconnect" } }]);
    expect(lab.jobs.sent.some((each) => each.name === "outbox-send")).toBe(true);

    expect(await lab.wholeRun()).toMatchObject({ usersTotal: 1, usersOk: 1 });
    expect(await noticesTo(refused, "wakatime-reconnect")).toHaveLength(1);
  });

  it("of the only one who was asked for breaks the link too", async () => {
    const [refused = 0] = await deadPeople(1);
    await lab.wholeRun({ scope: { userId: refused } });
    expect(await statusOf(refused)).toBe("needs_reconnect");
  });

  it("while the old access still works: the days come in, then the link breaks", async () => {
    await lab.people(1);
    const [bridged = 0] = await bridgedPeople(1);
    const run = await lab.wholeRun();
    expect(run.daysWritten).toBe(28);
    const outcome = (await lab.outcomesOf(run.id)).find((each) => each.userId === bridged);
    expect(outcome).toMatchObject({ kind: "needs_reconnect", daysWritten: 14, tokenRenewed: false });
    expect(await connectionOf(db, bridged)).toMatchObject({ status: "needs_reconnect", lastSyncedAt: lab.clock() });
  });

  it("leaves a link alone that its owner has made anew meanwhile", async () => {
    await lab.people(1);
    const [refused = 0] = await deadPeople(1);
    const { runId } = await lab.start();
    await lab.plan(runId);
    const [chunk] = lab.chunks();
    await lab.runChunk({ ...chunk, userIds: [refused] });
    await db.update(connection).set({ lastError: null }).where(eq(connection.userId, refused));
    await lab.runChunk(chunk);
    expect(await lab.runOf(runId)).toMatchObject({ status: "completed", usersFailed: 1 });
    expect(await statusOf(refused)).toBe("active");
  });
});

describe("when every user is refused", () => {
  it("the run fails with one alarm to each admin, and nobody is unlinked", async () => {
    const admin = await createUser(db, { role: "admin" });
    const refused = await deadPeople(3);
    const run = await lab.wholeRun();
    expect(run).toMatchObject({ status: "failed", usersDone: 3, error: expect.stringContaining("secret") });
    for (const userId of refused) {
      expect(await statusOf(userId)).toBe("active");
      expect(await noticesTo(userId, "wakatime-reconnect")).toEqual([]);
    }
    expect(await noticesTo(admin.id, "wakatime-alarm")).toMatchObject([{ payload: { runId: run.id, refused: 3 } }]);
    // Paused people, who are not asked about at all, speak for nobody.
    await createConnectedUser(db, { key: lab.nextKey(), status: "paused" });
    expect((await lab.wholeRun()).status).toBe("failed");
  });

  it("the run stops before it has asked for everybody", async () => {
    await deadPeople(40);
    const { runId } = await lab.start();
    await lab.plan(runId);
    const [chunk] = lab.chunks();
    await lab.runChunk({ ...chunk, userIds: chunk?.userIds.slice(0, 20) });
    expect(await lab.runOf(runId)).toMatchObject({ status: "failed", usersDone: 20 });
    const asked = lab.fake.requests.length;
    await lab.runChunk(chunk);
    expect(lab.fake.requests.length).toBe(asked);
  });

  it("and their access still works, so that others get through: an alarm, and nobody is unlinked", async () => {
    const admin = await createUser(db, { role: "admin" });
    await lab.people(2);
    const bridged = await bridgedPeople(2);
    const [dead = 0] = await deadPeople(1);
    const run = await lab.wholeRun();
    expect(run).toMatchObject({ status: "completed", usersOk: 2, usersFailed: 3 });
    for (const userId of bridged) expect(await statusOf(userId)).toBe("active");
    // Whose access has ended as well has nothing left to lose.
    expect(await statusOf(dead)).toBe("needs_reconnect");
    expect(await noticesTo(admin.id, "wakatime-alarm")).toHaveLength(1);
    // A day later nothing bridges any more.
    await db.execute(sql`update connection set expires_at = now() where expires_at < now() + interval '1 day'`);
    expect(await lab.wholeRun()).toMatchObject({ status: "completed", usersOk: 2, usersFailed: 2 });
    for (const userId of bridged) expect(await statusOf(userId)).toBe("needs_reconnect");
  });
});

describe("other ends", () => {
  it("five runs that end in a refused fresh token break the link, not four, and not timeouts between them", async () => {
    await lab.people(1);
    const key = lab.nextKey();
    const userId = await createConnectedUser(db, { key });
    const refuse = () => lab.fake.failures.add({ kind: "401", person: key, path: "summaries" });
    for (let run = 1; run <= 5; run++) {
      refuse();
      const { id } = await lab.wholeRun();
      const outcome = (await lab.outcomesOf(id)).find((each) => each.userId === userId);
      expect(outcome?.kind).toBe(run < 5 ? "failed" : "needs_reconnect");
      expect(await statusOf(userId)).toBe(run < 5 ? "active" : "needs_reconnect");
      lab.fake.failures.clear();
      if (run === 5) break;
      lab.fake.failures.add({ kind: "500", person: key, path: "summaries" });
      await lab.wholeRun();
      lab.fake.failures.clear();
    }
  });

  it("a missing scope is told as such", async () => {
    const [person] = await lab.people(2);
    lab.fake.failures.add({ kind: "403", person: person?.key });
    await lab.wholeRun();
    expect(await statusOf(person?.userId ?? 0)).toBe("scope_missing");
    expect(await noticesTo(person?.userId ?? 0, "wakatime-reconnect")).toHaveLength(1);
  });

  it.each(["302", "402", "429", "500", "202", "html", "truncated", "reset"] as const)(
    "%s never breaks a link",
    async (kind) => {
      const made = await lab.people(2);
      for (const { key } of made) lab.fake.failures.add({ kind, person: key, path: "summaries" });
      for (let run = 0; run < 6; run++) await lab.wholeRun();
      const [row] = await db.execute<{ broken: number }>(sql`
      select count(*)::int as broken from connection
      where user_id in (${made[0]?.userId ?? 0}, ${made[1]?.userId ?? 0}) and status <> 'active'`);
      expect(row?.broken).toBe(0);
    },
  );
});
