import { asc, sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { demoSession, holiday, outbox, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { runJob } from "./run";
import { createTestIo } from "./testing/io";

const db = testDb();
/** A Thursday, ten o'clock in Chicago. */
const THURSDAY = new Date("2036-12-04T16:00:00Z");

const rule = {
  weekday: 5,
  sessionTime: "15:00",
  timeZone: "America/Chicago",
  title: "Friday demos",
  description: null,
  meetingUrl: "https://meet.example/x",
  maxScheduled: 8,
  weeksAhead: 8,
  active: true,
  createdThrough: null,
};

beforeEach(async () => {
  for (const table of [outbox, demoSession, setting, holiday]) await db.delete(table);
});

async function tick(now: Date) {
  const { io, sent } = createTestIo(db, "http://127.0.0.1:9", () => now);
  await runJob("demo-tick", {}, io);
  return sent;
}
const dates = async () =>
  (await db.select().from(demoSession).orderBy(asc(demoSession.sessionDate))).map(({ sessionDate }) => sessionDate);

it("creates the sessions that the rule has come to, announces them together, and asks for sending", async () => {
  await db.insert(setting).values([
    { key: "demo_rule", value: rule },
    { key: "slack_webhook", value: { keyId: "test", ciphertext: "x" } },
  ]);
  await db.insert(holiday).values({ date: "2036-12-26", name: "Boxing Day" });
  const sent = await tick(THURSDAY);
  const expected = ["2036-12-05", "2036-12-12", "2036-12-19", "2037-01-02", "2037-01-09", "2037-01-16", "2037-01-23"];
  expect(await dates()).toEqual(expected);
  expect(sent).toMatchObject([{ name: "outbox-send" }]);
  const rows = await db.select().from(outbox);
  // Tomorrow's is reminded of at the next tick, when it stands there.
  expect(rows.map(({ channel, kind }) => [channel, kind])).toEqual([["slack", "slack-demo-announced"]]);
  expect(rows[0]?.payload).toMatchObject({ sessionIds: { length: 7 } });

  await tick(new Date(THURSDAY.getTime() + 30 * 60_000));
  await tick(new Date(THURSDAY.getTime() + 60 * 60_000));
  expect(await dates()).toEqual(expected);
  expect((await db.select().from(outbox)).map(({ kind }) => kind)).toEqual([
    "slack-demo-announced",
    "slack-demo-reminder",
  ]);
});

it("makes no session twice when two ticks run at once, and brings none back that staff deleted", async () => {
  await db.insert(setting).values({ key: "demo_rule", value: rule });
  await Promise.all([tick(THURSDAY), tick(THURSDAY)]);
  expect(await dates()).toHaveLength(8);
  await db.execute(sql`delete from demo_session where session_date = '2036-12-12'`);
  await tick(THURSDAY);
  expect(await dates()).toHaveLength(7);
  // A week later there is one more.
  await tick(new Date(THURSDAY.getTime() + 7 * 86_400_000));
  expect(await dates()).toHaveLength(8);
});

it("reminds where there is no rule, and has what is written sent when something fails afterwards", async () => {
  const session = await createDemoSession(db, { sessionDate: "2036-12-05" });
  const person = await createStudent(db, { batchId: (await createBatch(db)).id });
  await createSignup(db, session.id, person.studentId);
  await db.insert(setting).values({ key: "demo_rule", value: { ...rule, timeZone: "Nowhere/Never" } });
  const { io, sent } = createTestIo(db, "http://127.0.0.1:9", () => THURSDAY);
  await expect(runJob("demo-tick", {}, io)).rejects.toThrow();
  expect(sent).toMatchObject([{ name: "outbox-send" }]);
  expect((await db.select().from(outbox)).map(({ userId, kind }) => [userId, kind])).toEqual([
    [person.id, "demo-reminder"],
  ]);
});

it("takes out who left by a date, gives the place to who waits, and reminds that person instead", async () => {
  const session = await createDemoSession(db, { sessionDate: "2036-12-05", maxScheduled: 1 });
  const { id: batchId } = await createBatch(db);
  const left = await createStudent(db, { batchId, toDate: "2036-12-01" });
  const waiting = await createStudent(db, { batchId });
  await createSignup(db, session.id, left.studentId);
  await createSignup(db, session.id, waiting.studentId, "waitlisted");
  for (let round = 0; round < 2; round++) {
    await tick(THURSDAY);
    expect((await db.select().from(outbox).orderBy(asc(outbox.id))).map(({ userId, kind }) => [userId, kind])).toEqual([
      [waiting.id, "demo-promoted"],
      [waiting.id, "demo-reminder"],
    ]);
  }
});
