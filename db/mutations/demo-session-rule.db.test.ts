import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { getDemoRule } from "@/db/queries/demo-session-rule";
import { auditEvent, demoSession, holiday, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import type { DemoRule } from "@/lib/demo-sessions/weekly-rule";
import { changeDemoRule, createDemoSessions, createDueSessions } from "./demo-session-rule";

/** A Monday. */
const NOW = new Date("2026-11-23T12:00:00Z");
const JOB: Actor = { type: "system", job: "demo-tick" };
const RULE: Omit<DemoRule, "createdThrough"> = {
  weekday: 5,
  sessionTime: "15:00",
  timeZone: "America/Chicago",
  title: "Friday demos",
  description: null,
  meetingUrl: null,
  maxScheduled: 8,
  weeksAhead: 8,
  active: true,
};
const { weekday: _, weeksAhead: __, active: ___, ...content } = RULE;
const FIELDS = { ...content, notes: null, batchId: null, isActive: true };

beforeEach(async () => {
  for (const table of [demoSession, holiday, setting]) await testDb().delete(table);
});

const setRule = (change: Partial<typeof RULE> = {}, version = 0) =>
  changeDemoRule(testDb(), JOB, { ...RULE, ...change }, version);
const due = (now = NOW) => createDueSessions(testDb(), JOB, now);
const dates = async () =>
  (await testDb().select({ date: demoSession.sessionDate }).from(demoSession).orderBy(demoSession.sessionDate)).map(
    ({ date }) => date,
  );
const FRIDAYS = [
  ...["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18"],
  ...["2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"],
];

describe("the weekly rule", () => {
  it("creates the next 8 Fridays but holidays and days that have a session, cancelled or not", async () => {
    await setRule();
    await testDb().insert(holiday).values({ date: "2026-12-25", name: "Christmas" });
    await testDb()
      .insert(demoSession)
      .values([
        { sessionDate: "2026-12-04", timeZone: "UTC" },
        { sessionDate: "2026-12-11", timeZone: "UTC", isCancelled: true },
      ]);
    expect(await due()).toEqual({ created: 5 });
    expect(await dates()).toEqual(FRIDAYS.filter((date) => date !== "2026-12-25"));
    const [made] = await testDb().select().from(demoSession).where(eq(demoSession.sessionDate, "2027-01-15"));
    expect(made).toMatchObject({ title: "Friday demos", sessionTime: "15:00:00", maxScheduled: 8, isActive: true });
    const [event] = await testDb()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subjectType, "demo_session"), eq(auditEvent.subjectId, made?.id ?? 0)));
    expect(event).toMatchObject({ action: "demo-session.create", actorJob: "demo-tick" });
  });

  it("decides on each date once: what staff deleted does not come back, a week later there is one more", async () => {
    await setRule();
    await due();
    await testDb().delete(demoSession).where(eq(demoSession.sessionDate, "2026-12-18"));
    expect(await due()).toEqual({ created: 0 });
    expect(await due(new Date("2026-11-30T12:00:00Z"))).toEqual({ created: 1 });
    expect(await dates()).toEqual([...FRIDAYS.filter((date) => date !== "2026-12-18"), "2027-01-22"]);
  });

  it("takes today while its session is still to begin, by the rule's own clock", async () => {
    await setRule({ weeksAhead: 1 });
    // 15:00 in Chicago is 21:00 UTC; in Auckland it is Saturday by then.
    expect(await due(new Date("2026-11-27T21:00:00Z"))).toEqual({ created: 1 });
    expect(await dates()).toEqual(["2026-12-04"]);
    await testDb().delete(demoSession);
    await testDb().delete(setting);
    await setRule({ weeksAhead: 1 });
    await due(new Date("2026-11-27T20:59:00Z"));
    expect(await dates()).toEqual(["2026-11-27"]);
  });

  it("creates each once when asked by many at the same time", async () => {
    await setRule();
    const results = await Promise.all(Array.from({ length: 8 }, () => due()));
    expect(results.map(({ created }) => created).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 8]);
    expect(await dates()).toEqual(FRIDAYS);
  });

  it("does nothing while there is none, or it is switched off", async () => {
    expect(await due()).toEqual({ created: 0 });
    await setRule({ active: false });
    expect(await due()).toEqual({ created: 0 });
    // Switched on again, it goes on from then.
    await setRule({}, 1);
    expect(await due(new Date("2027-03-01T12:00:00Z"))).toEqual({ created: 8 });
    expect((await dates())[0]).toBe("2027-03-05");
  });

  it("with another weekday begins after the dates that were decided on", async () => {
    await setRule();
    await due();
    await setRule({ weekday: 4, title: "Thursday demos" }, 1);
    expect(await due()).toEqual({ created: 0 });
    expect(await due(new Date("2026-12-07T12:00:00Z"))).toEqual({ created: 2 });
    expect((await dates()).slice(-3)).toEqual(["2027-01-15", "2027-01-21", "2027-01-28"]);
  });

  it("is told to the second of two who change it, and written down; the job's own note is no change", async () => {
    const admin: Actor = { type: "user", id: (await createUser(testDb(), { name: "Ines" })).id, role: "instructor" };
    expect(await changeDemoRule(testDb(), admin, RULE, 0)).toMatchObject({ ok: true });
    await due();
    expect(await getDemoRule(testDb())).toEqual({ rule: { ...RULE, createdThrough: "2027-01-15" }, version: 1 });
    expect(await changeDemoRule(testDb(), admin, { ...RULE, weeksAhead: 4 }, 1)).toMatchObject({ ok: true });
    expect(await setRule({ title: "Mine" }, 1)).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Ines", values: { weeksAhead: "4", weekday: "5", active: "on" } },
    });
    expect((await getDemoRule(testDb())).rule).toMatchObject({ weeksAhead: 4, createdThrough: "2027-01-15" });
    const events = await testDb()
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.actorUserId, (admin as { id: number }).id));
    expect(events.map(({ action }) => action)).toEqual(Array(2).fill("demo-session.change-rule"));
  });

  it("refuses what makes no sessions, and students", async () => {
    expect(await setRule({ weekday: 8 as 1 })).toMatchObject({ fields: { weekday: /./ } });
    expect(await setRule({ weeksAhead: 0 })).toMatchObject({ fields: { weeksAhead: /./ } });
    expect(await setRule({ title: " " })).toMatchObject({ fields: { title: /./ } });
    // Letters are one place to a browser and another to the database, which would fail at every creation.
    for (const timeZone of ["IST", "AET", "Mars/Base"]) {
      expect(await setRule({ timeZone }), timeZone).toMatchObject({ fields: { timeZone: /not known/ } });
    }
    expect(await changeDemoRule(testDb(), { type: "user", id: 1, role: "student" }, RULE, 0)).toMatchObject({
      code: "forbidden",
    });
    expect(await getDemoRule(testDb())).toEqual({ rule: null, version: 0 });
  });
});

describe("creating many sessions at once", () => {
  const create = (days: string[], change = {}) =>
    createDemoSessions(testDb(), JOB, { dates: days, fields: { ...FIELDS, ...change } }, NOW);

  it("leaves out and names the days that have one", async () => {
    await testDb()
      .insert(demoSession)
      .values([
        { sessionDate: "2026-12-04", timeZone: "UTC" },
        { sessionDate: "2026-12-11", timeZone: "UTC", isCancelled: true },
      ]);
    const result = await create(["2026-12-11", "2026-11-27", "2026-12-04", "2026-11-27"]);
    expect(result).toMatchObject({
      data: { created: [{ date: "2026-11-27" }, { date: "2026-12-11" }], taken: ["2026-12-04"] },
    });
    expect(await dates()).toEqual(["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-11"]);
  });

  it("creates each day once when two do it", async () => {
    const results = await Promise.all([create(FRIDAYS), create([...FRIDAYS].reverse())]);
    expect(results.map((result) => (result.ok ? result.data.created.length : -1)).sort()).toEqual([0, 8]);
    expect(await dates()).toEqual(FRIDAYS);
  });

  it("creates none when a day is over, none at all, or a field is wrong", async () => {
    expect(await create(["2026-11-27", "2026-11-20"])).toMatchObject({ fields: { dates: /^20 Nov 2026/ } });
    expect(await create(["2026-11-27", "2026-13-01"])).toMatchObject({ fields: { dates: /./ } });
    expect(await create([])).toMatchObject({ fields: { dates: /./ } });
    expect(await create(["2026-11-27"], { maxScheduled: 0 })).toMatchObject({ fields: { maxScheduled: /./ } });
    expect(await create(["2026-11-27"], { batchId: 2_000_000_000 })).toMatchObject({ fields: { batchId: /./ } });
    expect(
      await createDemoSessions(
        testDb(),
        { type: "user", id: 1, role: "student" },
        { dates: FRIDAYS, fields: FIELDS },
        NOW,
      ),
    ).toMatchObject({ code: "forbidden" });
    expect(await dates()).toEqual([]);
  });
});
