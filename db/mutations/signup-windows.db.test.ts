import { inArray } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { demoSession } from "@/db/schema";
import { testDb, testSql, withRollback } from "@/db/testing/database";
import { createFarSession, namesOf, sessionById, signupsOf } from "@/db/testing/demo-sessions";
import { createBatch, createStudent } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { editDemoSession } from "./demo-session";
import { cancelDemoSession, restoreDemoSession } from "./demo-session-end";
import { sessionContent } from "./demo-session-fields";
import { createDemoSessions } from "./demo-session-rule";
import { changeEnrolmentStatus } from "./enrolment";
import { signUp, withdrawSignup } from "./signup";

const NOW = new Date();
const SYSTEM: Actor = { type: "system", job: "test" };

let batchId: number;
beforeAll(async () => {
  batchId = (await createBatch(testDb())).id;
});

const newStudent = (name: string) => createStudent(testDb(), { batchId, name });
type Person = Awaited<ReturnType<typeof newStudent>>;

const join = ({ studentId }: Person, sessionId: number) =>
  signUp(testDb(), SYSTEM, { sessionId, studentId, demoId: null, notes: null }, NOW);
const drop = ({ studentId }: Person) => changeEnrolmentStatus(testDb(), SYSTEM, { studentId, status: "dropped" });
const withdraw = async (sessionId: number) => {
  const [row] = await signupsOf(testDb(), sessionId);
  return withdrawSignup(testDb(), SYSTEM, row?.id ?? 0, NOW);
};
const moveAll = async (id: number, targetId: number) => {
  const { version } = await sessionById(testDb(), id);
  const how = { version, reason: null, tell: false, signups: "move", targetId } as const;
  return cancelDemoSession(testDb(), SYSTEM, id, how, NOW);
};

const untilWaiting = async (count: number) => {
  for (;;) {
    const [row] = await testSql()`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (row?.n >= count) return;
    await new Promise((done) => setTimeout(done, 5));
  }
};

/**
 * Somebody else has the session's row while `steps` begin, each when the one before waits; then it is free, and they go on
 * in the order in which they came.
 */
async function whileLocked<T extends unknown[]>(
  sessionIds: number | number[],
  steps: { [K in keyof T]: () => Promise<T[K]> },
) {
  const begun: Promise<unknown>[] = [];
  await testDb().transaction(async (tx) => {
    await tx
      .select()
      .from(demoSession)
      .where(inArray(demoSession.id, [sessionIds].flat()))
      .for("update");
    for (const step of steps as (() => Promise<unknown>)[]) {
      begun.push(step());
      await untilWaiting(begun.length);
    }
  });
  return Promise.all(begun) as Promise<T>;
}

describe("in the moment in which", () => {
  it("somebody signs up, they drop out: no place is left behind", async () => {
    const [ana, session] = [await newStudent("Ana"), await createFarSession(testDb())];
    const [joined, dropped] = await whileLocked(session.id, [() => join(ana, session.id), () => drop(ana)]);
    expect([joined.ok, dropped.ok]).toEqual([true, true]);
    expect((await signupsOf(testDb(), session.id)).map(({ status }) => status)).toEqual(["cancelled"]);
  });

  it("somebody drops out, they sign up: they are refused", async () => {
    const [ana, there, session] = [
      await newStudent("Ana"),
      await createFarSession(testDb()),
      await createFarSession(testDb()),
    ];
    await join(ana, there.id);
    // The drop waits for the session that it takes her out of, the sign-up for her.
    const [, joined] = await whileLocked(there.id, [() => drop(ana), () => join(ana, session.id)]);
    expect(joined).toMatchObject({ ok: false, code: "conflict" });
    expect(await signupsOf(testDb(), session.id)).toEqual([]);
  });

  it("the first on the list drops out, a place becomes free: it goes to the second", async () => {
    const people = [await newStudent("Ana"), await newStudent("Ben"), await newStudent("Cy")] as const;
    const session = await createFarSession(testDb(), { maxScheduled: 1 });
    for (const person of people) await join(person, session.id);
    await whileLocked(session.id, [() => withdraw(session.id), () => drop(people[1])]);
    expect(await namesOf(testDb(), session.id, "scheduled")).toEqual(["Cy"]);
    expect(await namesOf(testDb(), session.id, "cancelled")).toEqual(["Ana", "Ben"]);
  });

  it("everybody is moved to another session, one drops out: no place there", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const [from, to] = [await createFarSession(testDb()), await createFarSession(testDb())];
    for (const person of [ana, ben]) await join(person, from.id);
    const [moved] = await whileLocked(from.id, [() => moveAll(from.id, to.id), () => drop(ana)]);
    expect(moved).toMatchObject({ data: { moved: 2 } });
    expect(await namesOf(testDb(), to.id, "scheduled")).toEqual(["Ben"]);
    expect(await namesOf(testDb(), to.id, "cancelled")).toEqual(["Ana"]);
  });

  it("everybody is moved to another session, one withdraws: they are out of that one", async () => {
    const [ana, ben] = [await newStudent("Ana"), await newStudent("Ben")];
    const [from, to] = [await createFarSession(testDb()), await createFarSession(testDb(), { maxScheduled: 1 })];
    for (const person of [ana, ben]) await join(person, from.id);
    const [, withdrawn] = await whileLocked(from.id, [() => moveAll(from.id, to.id), () => withdraw(from.id)]);
    expect(withdrawn).toEqual({ ok: true, data: { promoted: 1 } });
    expect(await namesOf(testDb(), to.id, "scheduled")).toEqual(["Ben"]);
  });
});

describe("nobody waits for each other", () => {
  const ROUNDS = 15;

  it("when two sessions give each other their people", async () => {
    const [a, b] = [await createFarSession(testDb()), await createFarSession(testDb())];
    await join(await newStudent("Ana"), a.id);
    await join(await newStudent("Ben"), b.id);
    for (let round = 0; round < ROUNDS; round++) {
      const results = await Promise.all([moveAll(a.id, b.id), moveAll(b.id, a.id)]);
      // The second finds its target cancelled.
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      for (const { id } of [a, b])
        await restoreDemoSession(testDb(), SYSTEM, id, (await sessionById(testDb(), id)).version, NOW);
    }
    expect((await Promise.all([a, b].map(({ id }) => namesOf(testDb(), id, "scheduled")))).flat().sort()).toEqual([
      "Ana",
      "Ben",
    ]);
  });

  it("when many sessions are created, and one of another day moves among them", async () => {
    const sessions = [
      await createFarSession(testDb()),
      await createFarSession(testDb()),
      await createFarSession(testDb()),
    ];
    const [first, middle, last] = sessions.map(({ sessionDate }) => sessionDate) as [string, string, string];
    const [, , moving] = sessions as [unknown, unknown, (typeof sessions)[number]];
    await testDb()
      .delete(demoSession)
      .where(inArray(demoSession.sessionDate, [first, middle]));
    const { sessionDate: _, ...fields } = sessionContent(moving);
    const bulk = () => createDemoSessions(testDb(), SYSTEM, { dates: [first, middle, last], fields }, NOW);
    const edit = { ...sessionContent(moving), sessionDate: first, version: 1, tell: false };
    const take = () => editDemoSession(testDb(), SYSTEM, moving.id, edit, NOW);
    let begun: [ReturnType<typeof bulk>, ReturnType<typeof take>] | undefined;
    // Somebody takes the day in the middle and gives it back: the others have come as far as they can by then.
    await withRollback(testDb(), async (tx) => {
      await tx.insert(demoSession).values({ sessionDate: middle, timeZone: "UTC" });
      const created = bulk();
      await untilWaiting(1);
      begun = [created, take()];
      await untilWaiting(2);
    });
    const [created, taken] = await Promise.all(begun ?? []);
    expect(created).toMatchObject({ data: { created: [{ date: first }, { date: middle }], taken: [last] } });
    expect(taken).toMatchObject({ code: "conflict", fields: { sessionDate: /already/ } });
  });

  it("when many drop out who are in the same sessions", async () => {
    const ids: number[] = [];
    while (ids.length < 5) ids.push((await createFarSession(testDb(), { maxScheduled: 3 })).id);
    const people = await Promise.all(Array.from({ length: 10 }, (_, i) => newStudent(`P${i}`)));
    for (const id of ids) for (const person of people) await join(person, id);
    const leaving = people.slice(0, 8).map((person) => () => drop(person));
    const dropped = await whileLocked(ids[2] ?? 0, leaving);
    expect(dropped.every(({ ok }) => ok)).toBe(true);
    for (const id of ids) expect(await namesOf(testDb(), id, "scheduled")).toEqual(["P8", "P9"]);
  });
});
