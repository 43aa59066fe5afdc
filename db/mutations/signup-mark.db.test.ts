import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvent, demoSession, demoSignup } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createFarSession, signupById, signupsOf } from "@/db/testing/demo-sessions";
import { createBatch, createSignup, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { type Mark, markSignup, setRunningOrder } from "./signup-mark";

const NOW = new Date("2026-11-23T12:00:00Z");

let batchId: number;
let staff: Actor;
beforeAll(async () => {
  batchId = (await createBatch(testDb())).id;
  staff = { type: "user", id: (await createUser(testDb())).id, role: "instructor" };
});

async function newSignups(...names: string[]) {
  const session = await createFarSession(testDb());
  const ids: number[] = [];
  for (const name of names) {
    const { studentId } = await createStudent(testDb(), { batchId, name });
    ids.push((await createSignup(testDb(), session.id, studentId)).id);
  }
  return { sessionId: session.id, ids: ids as [number, ...number[]] };
}

const mark = (id: number, what: Mark, actor = staff) => markSignup(testDb(), actor, id, what, NOW);
const eventsOf = (id: number) =>
  testDb()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subjectType, "demo_signup"), eq(auditEvent.subjectId, id)))
    .orderBy(auditEvent.id);

describe("marking who presented", () => {
  it("once or twice is the same, so that a mark sent again after a loss of network does nothing", async () => {
    const { ids } = await newSignups("Ana");
    const first = await mark(ids[0], { status: "presented" });
    expect(first).toEqual({ ok: true, data: { status: "presented", rating: null, notes: null, version: 2 } });
    expect(await mark(ids[0], { status: "presented" })).toEqual(first);
    expect(await eventsOf(ids[0])).toMatchObject([
      { action: "signup.mark", before: { status: "scheduled" }, after: { status: "presented" } },
    ]);
  });

  it("follows the last one: back and forth, and a rating goes with having presented", async () => {
    const { ids } = await newSignups("Ana");
    const steps: [Mark, object][] = [
      [{ status: "no_show" }, { status: "no_show", rating: null }],
      [{ rating: 4 }, { status: "presented", rating: 4 }],
      [{ notes: " Calm and clear " }, { status: "presented", rating: 4, notes: "Calm and clear" }],
      [
        { status: "presented", rating: 5 },
        { rating: 5, notes: "Calm and clear" },
      ],
      [{ status: "no_show" }, { status: "no_show", rating: null, notes: "Calm and clear" }],
      [{ status: "presented" }, { status: "presented", rating: null }],
      [{ rating: 1 }, { rating: 1 }],
      [{ rating: null }, { status: "presented", rating: null }],
      [
        { status: "scheduled", notes: "" },
        { status: "scheduled", rating: null, notes: null },
      ],
    ];
    for (const [what, expected] of steps) expect(await mark(ids[0], what)).toMatchObject({ ok: true, data: expected });
    expect((await signupById(testDb(), ids[0])).version).toBe(1 + steps.length);
  });

  it("made on an older version overwrites nobody's mark, and says what is there", async () => {
    const { ids } = await newSignups("Ana");
    // A phone without network marks version 1; at the laptop Ana presents meanwhile.
    await mark(ids[0], { status: "presented", version: 1 });
    await mark(ids[0], { rating: 5, version: 2 });
    const now = { status: "presented", rating: 5, notes: null, version: 3 };
    for (const late of [{ status: "no_show" }, { rating: 1 }, { rating: null }, { notes: "absent" }] as const) {
      expect(await mark(ids[0], { ...late, version: 1 })).toEqual({
        ...{ ok: false, code: "conflict", now },
        message: "This sign-up was marked meanwhile: presented, 5 stars.",
      });
    }
    // What says the same is no conflict, however old.
    expect(await mark(ids[0], { status: "presented", version: 1 })).toEqual({ ok: true, data: now });
    expect(await mark(ids[0], { rating: 5, version: 2 })).toEqual({ ok: true, data: now });
    expect(await signupById(testDb(), ids[0])).toMatchObject({ status: "presented", rating: 5, version: 3 });
    expect(await eventsOf(ids[0])).toHaveLength(2);
    expect(await mark(ids[0], { rating: 1, notes: "Hm", version: 3 })).toMatchObject({ ok: true });
    expect(await mark(ids[0], { rating: null, version: 3 })).toMatchObject({
      message: "This sign-up was marked meanwhile: presented, 1 star, with feedback.",
    });
    // Who names no version, as v1 does, is the last one and wins.
    expect(await mark(ids[0], { status: "no_show" })).toMatchObject({ ok: true, data: { rating: null, version: 5 } });
  });

  it("made on an older version holds while nobody has marked: what the student changed is no mark", async () => {
    const { ids } = await newSignups("Ana", "Ben");
    const [ana, ben] = ids as unknown as [number, number];
    await testDb().update(demoSignup).set({ signupNotes: "A new title", version: 4 }).where(eq(demoSignup.id, ana));
    expect(await mark(ana, { status: "presented", version: 1 })).toMatchObject({ ok: true, data: { version: 5 } });
    // A mark that was taken back was one.
    await mark(ben, { status: "presented" });
    await mark(ben, { status: "scheduled" });
    expect(await mark(ben, { status: "no_show", version: 1 })).toMatchObject({
      ...{ code: "conflict", message: "This sign-up was marked meanwhile: scheduled." },
    });
  });

  it("by two at once on the same version leaves the first, and tells the second", async () => {
    const { ids } = await newSignups("Ana");
    const answers = await Promise.all([1, 2, 3, 4, 5].map((rating) => mark(ids[0], { rating, version: 1 })));
    const won = answers.filter(({ ok }) => ok);
    expect(won).toHaveLength(1);
    const { rating } = await signupById(testDb(), ids[0]);
    expect(won[0]).toMatchObject({ data: { rating, version: 2 } });
    for (const lost of answers.filter(({ ok }) => !ok)) expect(lost).toMatchObject({ now: { rating, version: 2 } });
  });

  it.each([0, 6, 2.5, Number.NaN])("refuses a rating of %d", async (rating) => {
    const { ids } = await newSignups("Ana");
    expect(await mark(ids[0], { rating })).toMatchObject({ code: "invalid", fields: { rating: /1 to 5/ } });
  });

  it("refuses a rating of somebody who is said not to have presented", async () => {
    const { ids } = await newSignups("Ana");
    for (const status of ["no_show", "scheduled"] as const) {
      expect(await mark(ids[0], { status, rating: 3 })).toMatchObject({ code: "invalid" });
    }
  });

  it.each(["waitlisted", "cancelled"] as const)("needs a place: %s has none", async (status) => {
    const { ids } = await newSignups("Ana");
    await testDb().update(demoSignup).set({ status }).where(eq(demoSignup.id, ids[0]));
    expect(await mark(ids[0], { status: "presented" })).toMatchObject({ code: "conflict" });
    expect(await mark(ids[0], { notes: "x" })).toMatchObject({ code: "conflict" });
  });

  it("is for staff, in a session that takes place", async () => {
    const { sessionId, ids } = await newSignups("Ana");
    for (const role of ["student", "user"] as const) {
      expect(await mark(ids[0], { rating: 5 }, { type: "user", id: 1, role })).toMatchObject({ code: "forbidden" });
    }
    await testDb().update(demoSession).set({ isCancelled: true }).where(eq(demoSession.id, sessionId));
    expect(await mark(ids[0], { status: "presented" })).toMatchObject({ code: "conflict", message: /cancelled/ });
    expect(await mark(2_000_000_000, { status: "presented" })).toMatchObject({ code: "not_found" });
  });

  it("by two at once leaves the marks of one of them, whole", async () => {
    const { ids } = await newSignups("Ana");
    const marks: Mark[] = [
      { status: "no_show", notes: "absent" },
      { rating: 5, notes: "great" },
    ];
    await Promise.all(Array.from({ length: 20 }, (_, i) => mark(ids[0], marks[i % 2] as Mark)));
    const { status, rating, presentationNotes } = await signupById(testDb(), ids[0]);
    expect([
      { status: "no_show", rating: null, presentationNotes: "absent" },
      { status: "presented", rating: 5, presentationNotes: "great" },
    ]).toContainEqual({ status, rating, presentationNotes });
  });
});

describe("the running order", () => {
  const orderOf = async (sessionId: number) =>
    (await signupsOf(testDb(), sessionId))
      .filter(({ order }) => order !== null)
      .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
      .map(({ name, order }) => `${order} ${name}`);
  const order = (sessionId: number, ids: number[]) => setRunningOrder(testDb(), staff, sessionId, ids, NOW);

  it("is as given; who is not named comes after, who has no place not at all", async () => {
    const { sessionId, ids } = await newSignups("A", "B", "C", "D");
    const [a, b, c, d] = ids as unknown as [number, number, number, number];
    await testDb().update(demoSignup).set({ status: "cancelled" }).where(eq(demoSignup.id, d));
    expect(await order(sessionId, [c, d, a, c, 2_000_000_000])).toMatchObject({ ok: true });
    expect(await orderOf(sessionId)).toEqual(["1 C", "2 A", "3 B"]);
    await order(sessionId, [b]);
    expect(await orderOf(sessionId)).toEqual(["1 B", "2 C", "3 A"]);
    // Somebody else's notes are not out of date by it.
    expect((await signupById(testDb(), a)).version).toBe(1);
  });

  it("the same again is not written down again", async () => {
    const { sessionId, ids } = await newSignups("A", "B");
    for (let round = 0; round < 2; round++) await order(sessionId, [...ids].reverse());
    const events = await testDb()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.action, "demo-session.order"), eq(auditEvent.subjectId, sessionId)));
    expect(events).toHaveLength(1);
  });

  it("takes no sign-up of another session, and is for staff", async () => {
    const one = await newSignups("A");
    const two = await newSignups("B");
    await order(one.sessionId, [...two.ids, ...one.ids]);
    expect(await orderOf(two.sessionId)).toEqual([]);
    expect(await orderOf(one.sessionId)).toEqual(["1 A"]);
    expect(
      await setRunningOrder(testDb(), { type: "user", id: 1, role: "student" }, one.sessionId, one.ids, NOW),
    ).toMatchObject({ code: "forbidden" });
    expect(await order(2_000_000_000, [])).toMatchObject({ code: "not_found" });
  });
});
