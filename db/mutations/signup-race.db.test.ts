import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/database";
import { createFarSession, namesOf, sessionById, signupsOf, toldOf } from "@/db/testing/demo-sessions";
import { createBatch, createStudent } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { editDemoSession } from "./demo-session";
import { sessionContent } from "./demo-session-fields";
import { signUp, withdrawSignup } from "./signup";

const NOW = new Date();
const SYSTEM: Actor = { type: "system", job: "test" };
const PLACES = 10;
const RACERS = 200;

type Person = Awaited<ReturnType<typeof createStudent>>;
let batchId: number;
let racers: Person[];
let latecomers: Person[];
beforeAll(async () => {
  batchId = (await createBatch(testDb())).id;
  const many = (count: number, name: string) =>
    Promise.all(Array.from({ length: count }, (_, i) => createStudent(testDb(), { batchId, name: `${name} ${i}` })));
  racers = await many(RACERS, "Racer");
  latecomers = await many(20, "Late");
});

const join = (person: Person, sessionId: number) =>
  signUp(
    testDb(),
    { type: "user", id: person.id, role: "student" },
    { sessionId, studentId: person.studentId, demoId: null, notes: null },
    NOW,
  );

describe("200 students racing for 10 places (old defect 13: two got in for one place)", () => {
  it.each([1, 2])("always gives exactly 10, the rest wait in order, and so it stays: round %i", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: PLACES });
    const results = await Promise.all(racers.map((racer) => join(racer, id)));
    const given = results.flatMap((result) => (result.ok ? [result.data] : []));
    expect(given).toHaveLength(RACERS);
    expect(given.filter(({ status }) => status === "scheduled")).toHaveLength(PLACES);
    const rows = await signupsOf(testDb(), id);
    expect(rows.map(({ status }) => status)).toEqual([
      ...Array<string>(PLACES).fill("scheduled"),
      ...Array<string>(RACERS - PLACES).fill("waitlisted"),
    ]);
    // Everybody was told the place that they have in the list.
    const placeOf = new Map(given.map(({ signupId, place }) => [signupId, place]));
    expect(rows.slice(PLACES).map((row) => placeOf.get(row.id))).toEqual(
      Array.from({ length: RACERS - PLACES }, (_, index) => index + 1),
    );

    const leaving = rows.slice(0, PLACES);
    const [withdrawn, late] = await Promise.all([
      Promise.all(leaving.map((row) => withdrawSignup(testDb(), SYSTEM, row.id, NOW))),
      Promise.all(latecomers.map((person) => join(person, id))),
    ]);
    expect(withdrawn.map((result) => result.ok && result.data.promoted)).toEqual(Array(PLACES).fill(1));
    expect(late.map((result) => result.ok && result.data.status)).toEqual(Array(20).fill("waitlisted"));
    const after = (await signupsOf(testDb(), id)).filter(({ status }) => status !== "cancelled");
    expect(after.map(({ id: each }) => each).slice(0, RACERS - PLACES)).toEqual(
      rows.slice(PLACES).map((row) => row.id),
    );
    expect(after.map(({ status }) => status)).toEqual([
      ...Array<string>(PLACES).fill("scheduled"),
      ...Array<string>(RACERS - PLACES * 2 + 20).fill("waitlisted"),
    ]);
    expect((await toldOf(testDb(), id)).sort()).toEqual(
      rows
        .slice(PLACES, PLACES * 2)
        .map(({ name }) => `demo-promoted ${name}`)
        .sort(),
    );
  });

  it("gives as many as the limit is in the end when it is raised meanwhile", async () => {
    const session = await createFarSession(testDb(), { maxScheduled: PLACES });
    const raise = async () => {
      for (const maxScheduled of [12, 15, 23]) {
        const { version } = await sessionById(testDb(), session.id);
        const fields = { ...sessionContent(session), maxScheduled, version, tell: false };
        expect(await editDemoSession(testDb(), SYSTEM, session.id, fields, NOW)).toMatchObject({ ok: true });
      }
    };
    const [results] = await Promise.all([Promise.all(racers.map((racer) => join(racer, session.id))), raise()]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    const rows = await signupsOf(testDb(), session.id);
    expect(rows.map(({ status }) => status)).toEqual([
      ...Array<string>(23).fill("scheduled"),
      ...Array<string>(RACERS - 23).fill("waitlisted"),
    ]);
  });

  it("one student who sends it twenty times is signed up once", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: PLACES });
    const [one] = racers as [Person];
    const results = await Promise.all(Array.from({ length: 20 }, () => join(one, id)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === "conflict")).toHaveLength(19);
    expect(await namesOf(testDb(), id, "scheduled")).toEqual([one.name]);
  });

  it("one who withdraws twenty times at once hands on one place", async () => {
    const { id } = await createFarSession(testDb(), { maxScheduled: 1 });
    const [one, two, three] = racers as [Person, Person, Person];
    const first = await join(one, id);
    for (const person of [two, three]) await join(person, id);
    if (!first.ok) throw new Error(first.message);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => withdrawSignup(testDb(), SYSTEM, first.data.signupId, NOW)),
    );
    expect(results.reduce((sum, result) => sum + (result.ok ? result.data.promoted : 100), 0)).toBe(1);
    expect(await namesOf(testDb(), id, "scheduled")).toEqual([two.name]);
  });
});
