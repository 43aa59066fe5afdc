import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvent, demoSession, demoSignup, outbox, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createFarSession, namesOf, sessionById, signupsOf, toldOf } from "@/db/testing/demo-sessions";
import { createBatch, createSignup, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { createDemoSession, editDemoSession, type SessionEdit, setDemoSessionActive } from "./demo-session";
import { type SessionFields, sessionContent } from "./demo-session-fields";
import { signUp } from "./signup";

const NOW = new Date("2026-11-23T12:00:00Z");
const SYSTEM: Actor = { type: "system", job: "test" };

let batchId: number;
let staff: Actor;
beforeAll(async () => {
  batchId = (await createBatch(testDb(), { slackChannel: "#ducks" })).id;
  staff = { type: "user", id: (await createUser(testDb(), { name: "Ines" })).id, role: "instructor" };
});

const newStudent = (name: string) => createStudent(testDb(), { batchId, name });
const FIELDS: SessionFields = {
  sessionDate: "2030-03-15",
  sessionTime: "15:00",
  timeZone: "America/Chicago",
  title: "Friday demos",
  description: null,
  notes: null,
  meetingUrl: null,
  batchId: null,
  maxScheduled: 8,
  isActive: true,
};

const create = (change: Partial<SessionFields> = {}, actor = staff) =>
  createDemoSession(testDb(), actor, { ...FIELDS, ...change }, NOW);

const edit = async (id: number, change: Partial<SessionEdit>, now = NOW) => {
  const session = await sessionById(testDb(), id);
  const fields = { ...sessionContent(session), version: session.version, tell: true, ...change };
  return editDemoSession(testDb(), staff, id, fields, now);
};

const eventsOf = async (id: number) =>
  (
    await testDb()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subjectType, "demo_session"), eq(auditEvent.subjectId, id)))
      .orderBy(auditEvent.id)
  ).map(({ action, label }) => `${action} ${label}`);

/** People in the order given, by way of the rules. */
async function fill(sessionId: number, names: string[]) {
  for (const name of names) {
    const { studentId } = await newStudent(name);
    await signUp(testDb(), SYSTEM, { sessionId, studentId, demoId: null, notes: null }, NOW);
  }
}

describe("creating a demo session", () => {
  it("keeps what was said, tidied, and is written down", async () => {
    const result = await create({
      title: "  Friday demos ",
      description: " ",
      meetingUrl: "https://meet.google.com/x",
    });
    if (!result.ok) throw new Error(result.message);
    expect(await sessionById(testDb(), result.data.id)).toMatchObject({
      ...FIELDS,
      sessionTime: "15:00:00",
      meetingUrl: "https://meet.google.com/x",
    });
    expect(await eventsOf(result.data.id)).toEqual(["demo-session.create Friday demos, 2030-03-15"]);
  });

  it("is refused on a day that has one, unless that one is cancelled", async () => {
    const { id } = await createFarSession(testDb(), { sessionDate: "2030-03-22" });
    const again = { sessionDate: "2030-03-22" };
    expect(await create(again)).toMatchObject({ code: "conflict", fields: { sessionDate: /22 Mar 2030/ } });
    await testDb().update(demoSession).set({ isCancelled: true }).where(eq(demoSession.id, id));
    expect(await create(again)).toMatchObject({ ok: true });
  });

  it.each<[keyof SessionFields, Partial<SessionFields>]>([
    ["title", { title: "  " }],
    ["title", { title: "x".repeat(121) }],
    ["sessionTime", { sessionTime: "24:00" }],
    ["timeZone", { timeZone: "Mars/Base" }],
    ["maxScheduled", { maxScheduled: 0 }],
    ["maxScheduled", { maxScheduled: 1.5 }],
    ["meetingUrl", { meetingUrl: "javascript:alert(1)" }],
    ["batchId", { batchId: 2_000_000_000 }],
    ["sessionDate", { sessionDate: "2030-02-30" }],
    ["sessionDate", { sessionDate: "2020-03-13" }],
  ])("says beside %s what is wrong: %o", async (field, change) => {
    expect(await create(change)).toMatchObject({ code: "invalid", fields: { [field]: expect.any(String) } });
  });

  it("on the day itself is possible until it would begin, by its own clock", async () => {
    const today = { sessionDate: "2026-11-23", sessionTime: "06:01" };
    expect(await create({ ...today, sessionTime: "06:00" })).toMatchObject({ code: "invalid" });
    expect(await create(today)).toMatchObject({ ok: true });
  });

  it("is for staff", async () => {
    const student: Actor = { type: "user", id: 1, role: "student" };
    expect(await create({}, student)).toMatchObject({ code: "forbidden" });
    expect(await editDemoSession(testDb(), student, 1, { ...FIELDS, version: 1, tell: false }, NOW)).toMatchObject({
      code: "forbidden",
    });
    expect(await setDemoSessionActive(testDb(), student, 1, true, 1, NOW)).toMatchObject({ code: "forbidden" });
  });
});

describe("announcing a session", () => {
  const channels = async () =>
    (await testDb().select().from(outbox).where(isNull(outbox.userId)).orderBy(outbox.id)).map(
      ({ kind, channel }) => `${kind} ${channel}`,
    );
  beforeEach(async () => {
    await testDb().delete(outbox);
    await testDb()
      .insert(setting)
      .values({ key: "slack_webhook", value: { host: "hooks.slack.com", ending: "abc" } })
      .onConflictDoNothing();
  });

  it("happens when it opens, the first time only", async () => {
    const result = await create({ sessionDate: "2030-04-05", isActive: false });
    if (!result.ok) throw new Error(result.message);
    const { id } = result.data;
    expect(await channels()).toEqual([]);
    expect(await setDemoSessionActive(testDb(), staff, id, true, 1, NOW)).toMatchObject({ ok: true });
    const told = await channels();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^slack-demo-announced/);
    await setDemoSessionActive(testDb(), staff, id, false, 2, NOW);
    await edit(id, { isActive: true });
    expect(await channels()).toEqual(told);
    expect(await eventsOf(id)).toEqual([
      "demo-session.create Friday demos, 2030-04-05",
      "demo-session.switch Friday demos, 2030-04-05",
      "demo-session.switch Friday demos, 2030-04-05",
      "demo-session.edit Friday demos, 2030-04-05",
    ]);
  });

  it("happens at once for one that is open from the start, also in its batch's channel", async () => {
    await create({ sessionDate: "2030-04-12", batchId });
    expect(await channels()).toHaveLength(2);
  });
});

describe("editing a session", () => {
  it("tells the second of two who edit, with what the first saved", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 3 });
    expect(await edit(id, { title: "Late demos" })).toMatchObject({ ok: true });
    expect(await edit(id, { version: 1, title: "Early demos" })).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Ines", values: { title: "Late demos", maxScheduled: "3", isActive: "on" } },
    });
    expect(await edit(id, {})).toMatchObject({ ok: true });
    expect((await sessionById(testDb(), id)).version).toBe(2);
  });

  it("with more places promotes those who waited longest, and tells them alone", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 1 });
    await fill(id, ["A", "B", "C", "D"]);
    expect(await edit(id, { maxScheduled: 3, tell: false })).toEqual({ ok: true, data: { promoted: 2, waiting: 0 } });
    expect(await namesOf(testDb(), id, "scheduled")).toEqual(["A", "B", "C"]);
    expect(await toldOf(testDb(), id)).toEqual(["demo-promoted B", "demo-promoted C"]);
    expect(await edit(id, { maxScheduled: null })).toMatchObject({ data: { promoted: 1 } });
  });

  it("with fewer places than are taken asks first; then the last ones wait, before all others", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 3 });
    await fill(id, ["A", "B", "C", "D"]);
    const asked = await edit(id, { maxScheduled: 1 });
    expect(asked).toMatchObject({
      code: "conflict",
      fields: { overflow: /^3 people have a place\. With 1 place, the last 2 go/ },
    });
    expect(await namesOf(testDb(), id, "scheduled")).toEqual(["A", "B", "C"]);
    expect((await sessionById(testDb(), id)).maxScheduled).toBe(3);

    expect(await edit(id, { maxScheduled: 1, overflow: "wait", tell: false })).toEqual({
      ok: true,
      data: { promoted: 0, waiting: 2 },
    });
    expect(await namesOf(testDb(), id, "scheduled")).toEqual(["A"]);
    expect(await namesOf(testDb(), id, "waitlisted")).toEqual(["B", "C", "D"]);
    expect((await toldOf(testDb(), id)).sort()).toEqual(["demo-waitlisted B", "demo-waitlisted C"]);
    // They come first when there are places again.
    await edit(id, { maxScheduled: 2 });
    expect(await namesOf(testDb(), id, "scheduled")).toEqual(["A", "B"]);
  });

  it("puts those who lost a place at the head also when others came before them", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 1 });
    await fill(id, ["Early", "Waits"]);
    const { studentId } = await newStudent("Late");
    await testDb().update(demoSession).set({ maxScheduled: 2 }).where(eq(demoSession.id, id));
    await createSignup(testDb(), id, studentId);
    await edit(id, { maxScheduled: 1, overflow: "wait" });
    expect(await namesOf(testDb(), id, "waitlisted")).toEqual(["Late", "Waits"]);
  });

  it("never takes the place of somebody who has been marked", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 3 });
    await fill(id, ["A", "B", "C"]);
    const [, b, c] = await signupsOf(testDb(), id);
    await testDb()
      .update(demoSignup)
      .set({ status: "presented" })
      .where(eq(demoSignup.id, b?.id ?? 0));
    await testDb()
      .update(demoSignup)
      .set({ status: "no_show" })
      .where(eq(demoSignup.id, c?.id ?? 0));
    expect(await edit(id, { maxScheduled: 1, overflow: "wait" })).toMatchObject({
      code: "conflict",
      fields: { maxScheduled: /^2 people have been marked/ },
    });
    expect(await edit(id, { maxScheduled: 2, overflow: "wait" })).toMatchObject({ data: { waiting: 1 } });
    expect(await namesOf(testDb(), id, "waitlisted")).toEqual(["A"]);
  });

  it("tells whoever is signed up of another day, time, zone or link, and of nothing else", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 1 });
    await fill(id, ["A", "B"]);
    await edit(id, { title: "Another", description: "x", notes: "y" });
    await edit(id, { sessionTime: "16:00", tell: false });
    expect(await toldOf(testDb(), id)).toEqual([]);
    await edit(id, { sessionTime: "17:00" });
    expect(await toldOf(testDb(), id)).toEqual(["demo-changed A", "demo-changed B"]);
    await edit(id, { meetingUrl: "https://zoom.us/j/1" });
    await edit(id, { sessionDate: "2033-01-07", timeZone: "Asia/Tokyo" });
    expect(await toldOf(testDb(), id)).toHaveLength(6);
    const [newest] = await testDb().select().from(outbox).where(eq(outbox.kind, "demo-changed")).orderBy(outbox.id);
    expect(newest?.payload).toMatchObject({ session: { id, time: "17:00" }, was: { time: "16:00" } });
  });

  it("goes to no day that is taken or over, and to none at all once somebody has presented", async () => {
    const taken = await createFarSession(testDb());
    const { id } = await createFarSession(testDb());
    expect(await edit(id, { sessionDate: taken.sessionDate })).toMatchObject({ fields: { sessionDate: /already/ } });
    expect(await edit(id, { sessionDate: "2026-11-20" })).toMatchObject({ fields: { sessionDate: /over/ } });
    await fill(id, ["A"]);
    await testDb().update(demoSignup).set({ status: "presented" }).where(eq(demoSignup.sessionId, id));
    expect(await edit(id, { sessionDate: "2033-02-04" })).toMatchObject({ fields: { sessionDate: /presented/ } });
    expect(await edit(id, { notes: "A good one" })).toMatchObject({ ok: true });
  });

  it("narrows to a batch only when nobody else is signed up", async () => {
    const other = await createBatch(testDb());
    const { id } = await createFarSession(testDb());
    await fill(id, ["A"]);
    expect(await edit(id, { batchId: other.id })).toMatchObject({ fields: { batchId: /^1 student of another batch/ } });
    expect(await edit(id, { batchId: 2_000_000_000 })).toMatchObject({ code: "invalid", fields: { batchId: /./ } });
    expect(await edit(id, { batchId })).toMatchObject({ ok: true });
  });

  it("says when there is none", async () => {
    const gone = { ...FIELDS, version: 1, tell: false };
    expect(await editDemoSession(testDb(), staff, 2_000_000_000, gone, NOW)).toMatchObject({ code: "not_found" });
  });
});
