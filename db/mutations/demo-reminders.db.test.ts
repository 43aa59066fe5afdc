import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { demoSession, outbox, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { writeReminders } from "./demo-reminders";

const db = testDb();

beforeEach(async () => {
  await db.delete(outbox);
  await db.delete(demoSession);
  await db.delete(setting);
});

const presenter = async (sessionId: number, status: Parameters<typeof createSignup>[3] = "scheduled") => {
  const person = await createStudent(db);
  return { ...person, signup: await createSignup(db, sessionId, person.studentId, status) };
};
const reminded = (at: string) => writeReminders(db, new Date(at));
const told = async () =>
  db.execute<{ userId: number; channel: string | null; occasion: string }>(
    sql`select user_id as "userId", channel, occasion from outbox order by id`,
  );

describe("a reminder", () => {
  it.each([
    ["Chicago in winter", "2036-12-05", "America/Chicago", "2036-12-04T14:59:59Z", "2036-12-04T15:00:00Z"],
    ["Kathmandu", "2036-12-05", "Asia/Kathmandu", "2036-12-04T03:14:59Z", "2036-12-04T03:15:00Z"],
    // The clocks change in the night between.
    [
      "Berlin, the day before the clocks go back",
      "2036-10-26",
      "Europe/Berlin",
      "2036-10-25T06:59:59Z",
      "2036-10-25T07:00:00Z",
    ],
    [
      "Berlin, when they went back that morning",
      "2036-10-27",
      "Europe/Berlin",
      "2036-10-26T07:59:59Z",
      "2036-10-26T08:00:00Z",
    ],
    [
      "a place fourteen hours ahead",
      "2036-12-05",
      "Pacific/Kiritimati",
      "2036-12-03T18:59:59Z",
      "2036-12-03T19:00:00Z",
    ],
  ])("goes out from nine o'clock on the day before, in %s", async (_, sessionDate, timeZone, before, after) => {
    const { id } = await createDemoSession(db, { sessionDate, timeZone });
    await presenter(id);
    expect(await reminded(before)).toEqual({ people: 0, channels: 0 });
    expect(await reminded(after)).toEqual({ people: 1, channels: 0 });
  });

  it("until the session begins, and not from then on", async () => {
    const { id } = await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "America/Chicago" });
    await presenter(id);
    expect(await reminded("2036-12-05T21:00:00Z")).toEqual({ people: 0, channels: 0 });
    expect(await reminded("2036-12-05T20:59:59Z")).toEqual({ people: 1, channels: 0 });
  });

  it("reaches everybody who has a place, once, also whoever gets one later; and nobody else", async () => {
    const { id } = await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "UTC" });
    const first = await presenter(id);
    const waits = await presenter(id, "waitlisted");
    await presenter(id, "cancelled");
    const disabled = await presenter(id);
    await db.execute(sql`update "user" set disabled_at = now() where id = ${disabled.id}`);
    expect(await reminded("2036-12-04T10:00:00Z")).toEqual({ people: 1, channels: 0 });
    expect(await reminded("2036-12-04T10:30:00Z")).toEqual({ people: 0, channels: 0 });
    await db.execute(sql`update demo_signup set status = 'scheduled' where id = ${waits.signup.id}`);
    expect(await reminded("2036-12-04T11:00:00Z")).toEqual({ people: 1, channels: 0 });
    expect((await told()).map(({ userId }) => userId)).toEqual([first.id, waits.id]);
  });

  it("is written once by four ticks at the same time", async () => {
    const { id } = await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "UTC" });
    for (let index = 0; index < 20; index++) await presenter(id);
    const counts = await Promise.all(Array.from({ length: 4 }, () => reminded("2036-12-04T10:00:00Z")));
    expect(counts.reduce((sum, { people }) => sum + people, 0)).toBe(20);
    expect(await told()).toHaveLength(20);
  });

  it("comes again for another day, and not for one that is cancelled", async () => {
    const { id } = await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "UTC" });
    await presenter(id);
    await reminded("2036-12-04T10:00:00Z");
    await db.execute(sql`update demo_session set session_date = '2036-12-12' where id = ${id}`);
    expect(await reminded("2036-12-11T10:00:00Z")).toEqual({ people: 1, channels: 0 });
    await db.execute(sql`update demo_session set session_date = '2036-12-19', is_cancelled = true where id = ${id}`);
    expect(await reminded("2036-12-18T10:00:00Z")).toEqual({ people: 0, channels: 0 });
  });

  it("is posted to the channels where Slack is connected, once a day", async () => {
    await db.insert(setting).values({ key: "slack_webhook", value: { keyId: "test", ciphertext: "x" } });
    await createBatch(db, { slackChannel: "#fall", startDate: "2036-09-01", endDate: "2036-12-31" });
    const { id } = await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "UTC" });
    expect(await reminded("2036-12-04T10:00:00Z")).toEqual({ people: 0, channels: 2 });
    expect(await reminded("2036-12-04T10:30:00Z")).toEqual({ people: 0, channels: 0 });
    expect((await told()).map(({ channel, occasion }) => [channel, occasion]).sort()).toEqual([
      ["slack", `session:${id}:on:2036-12-05`],
      ["slack:#fall", `session:${id}:on:2036-12-05`],
    ]);
  });

  it("of a session that is switched off is for whoever presents there, and no news where nobody does", async () => {
    await db.insert(setting).values({ key: "slack_webhook", value: { keyId: "test", ciphertext: "x" } });
    await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "UTC", isActive: false });
    expect(await reminded("2036-12-04T10:00:00Z")).toEqual({ people: 0, channels: 0 });
    const { id } = await createDemoSession(db, { sessionDate: "2036-12-06", timeZone: "UTC", isActive: false });
    await presenter(id);
    expect(await reminded("2036-12-05T10:00:00Z")).toMatchObject({ people: 1 });
  });
});
