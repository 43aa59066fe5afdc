import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getBatchHoldings } from "@/db/queries/batch-deletion";
import { testDb } from "@/db/testing/database";
import { createFarSession, sessionById, signupsOf } from "@/db/testing/demo-sessions";
import { createBatch, createStudent } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import type { ActionResult } from "@/lib/errors";
import { deleteBatch } from "./batch-delete";
import { editDemoSession, type SessionFields, setDemoSessionActive } from "./demo-session";
import { cancelDemoSession, deleteDemoSession, restoreDemoSession } from "./demo-session-end";
import { sessionContent } from "./demo-session-fields";
import { changeEnrolmentStatus, moveStudent } from "./enrolment";
import { signUp, withdrawSignup } from "./signup";
import { markSignup, setRunningOrder } from "./signup-mark";
import { settleUpcomingSessions } from "./signup-settle";
import { canHavePlace, keepsPlace } from "./signup-standing";
import { disableUser, enableUser } from "./user-access";

const NOW = new Date();
const SYSTEM: Actor = { type: "system", job: "test" };
const SEEDS = [7, 19];
const WORKERS = 12;
const STEPS = 25;

/** The same numbers each time; who comes first is the machine's to decide. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

let home: number;
let other: number;
beforeAll(async () => {
  home = (await createBatch(testDb())).id;
  other = (await createBatch(testDb())).id;
});

async function academy(seed: number) {
  const random = chance(seed);
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const people = await Promise.all(
    Array.from({ length: 30 }, (_, i) => createStudent(testDb(), { batchId: home, name: `P${i}` })),
  );
  const ids: number[] = [];
  for (const values of [{ maxScheduled: 4 }, { maxScheduled: 6, batchId: home }, { maxScheduled: 2 }, {}]) {
    ids.push((await createFarSession(testDb(), values)).id);
  }
  const signupOf = async (sessionId: number) => {
    const rows = await signupsOf(testDb(), sessionId);
    return rows.length > 0 ? one(rows).id : 0;
  };
  const edit = async (id: number, change: Partial<SessionFields>) => {
    const session = await sessionById(testDb(), id);
    const fields = { ...sessionContent(session), ...change, version: session.version, tell: true };
    return editDemoSession(testDb(), SYSTEM, id, { ...fields, overflow: "wait" }, NOW);
  };
  const join = (sessionId: number, person = one(people)) =>
    signUp(
      testDb(),
      { type: "user", id: person.id, role: "student" },
      { sessionId, studentId: person.studentId, demoId: null, notes: null },
      NOW,
    );
  const move = (batchId: number) => moveStudent(testDb(), SYSTEM, { studentId: one(people).studentId, batchId });
  const ending = async (id: number) => {
    const { version } = await sessionById(testDb(), id);
    return { version, reason: null, tell: true, targetId: one(ids) };
  };
  /** A batch with a session of its own ends, and whoever is in it goes to another. */
  const endBatch = async () => {
    const short = await createBatch(testDb());
    const { id } = await createFarSession(testDb(), { batchId: short.id, maxScheduled: 1 });
    for (let i = 0; i < 3; i++) await move(short.id);
    for (const person of people) await join(id, person);
    const agreed = await getBatchHoldings(testDb(), short.id);
    if (!agreed) throw new Error("the batch is gone");
    return deleteBatch(testDb(), SYSTEM, { batchId: short.id, moveTo: other, agreed });
  };
  /** A session of its own, with people, is deleted, and they go to another. */
  const endSession = async () => {
    const { id, version } = await createFarSession(testDb(), { maxScheduled: 2 });
    for (let i = 0; i < 4; i++) await join(id);
    return deleteDemoSession(testDb(), SYSTEM, id, { version, signups: "move", targetId: one(ids), tell: true }, NOW);
  };
  const actions: ((id: number) => Promise<ActionResult<unknown>>)[] = [
    (id) => join(id),
    (id) => join(id),
    (id) => join(id),
    async (id) => withdrawSignup(testDb(), SYSTEM, await signupOf(id), NOW),
    async (id) => withdrawSignup(testDb(), SYSTEM, await signupOf(id), NOW),
    (id) => edit(id, { maxScheduled: one([1, 3, 5, 8, null]) }),
    (id) => edit(id, { sessionTime: one(["10:00", "15:00", "18:30"]) }),
    async (id) => edit(id, { sessionDate: (await sessionById(testDb(), one(ids))).sessionDate }),
    () => {
      const status = one(["paused", "active", "active", "dropped"] as const);
      return changeEnrolmentStatus(testDb(), SYSTEM, { studentId: one(people).studentId, status });
    },
    () => move(one([home, other])),
    () => {
      const { id } = one(people);
      return random(2) ? disableUser(testDb(), SYSTEM, id, "test") : enableUser(testDb(), SYSTEM, id);
    },
    async (id) =>
      cancelDemoSession(testDb(), SYSTEM, id, { ...(await ending(id)), signups: one(["keep", "move"]) }, NOW),
    async (id) => restoreDemoSession(testDb(), SYSTEM, id, (await ending(id)).version, NOW),
    async (id) => restoreDemoSession(testDb(), SYSTEM, id, (await ending(id)).version, NOW),
    async (id) => {
      const order = (await signupsOf(testDb(), id)).map((row) => row.id);
      return setRunningOrder(testDb(), SYSTEM, id, order.reverse(), NOW);
    },
    async (id) => setDemoSessionActive(testDb(), SYSTEM, id, random(3) > 0, (await ending(id)).version, NOW),
    async (id) => (random(4) ? join(id) : markSignup(testDb(), SYSTEM, await signupOf(id), { status: "no_show" }, NOW)),
    (id) => (random(3) ? join(id) : endBatch()),
    (id) => (random(2) ? join(id) : endSession()),
    async () => ({ ok: true, data: await settleUpcomingSessions(testDb(), SYSTEM, NOW) }),
  ];
  return { ids, act: () => one(actions)(one(ids)) };
}

const UNLIMITED = Number.POSITIVE_INFINITY;

describe("everything at once", () => {
  it.each(SEEDS)(
    "keeps every rule, and nobody waits for each other: seed %i",
    async (seed) => {
      const { ids, act } = await academy(seed);
      const results: ActionResult<unknown>[] = [];
      // Two that wait for each other would be thrown, and fail this.
      const worker = async () => {
        for (let step = 0; step < STEPS; step++) results.push(await act());
      };
      await Promise.all(Array.from({ length: WORKERS }, worker));
      expect(results.filter(({ ok }) => ok).length).toBeGreaterThan((WORKERS * STEPS) / 3);

      for (const id of ids) {
        const { maxScheduled, isCancelled } = await sessionById(testDb(), id);
        const [state] = await testDb().execute<{ taken: number; gone: number; ready: number }>(sql`
          select (count(*) filter (where g.status in ('scheduled', 'presented', 'no_show')))::int as taken,
            (count(*) filter (where g.status in ('scheduled', 'waitlisted')
              and not ${keepsPlace(NOW, sql`g.student_id`, sql`s.batch_id`)}))::int as gone,
            (count(*) filter (where g.status = 'waitlisted'
              and ${canHavePlace(NOW, sql`g.student_id`, sql`s.batch_id`)}))::int as ready
          from demo_session s left join demo_signup g on g.session_id = s.id
          where s.id = ${id}`);
        if (!state) throw new Error("counting returned no row");
        const limit = maxScheduled ?? UNLIMITED;
        expect(state.taken).toBeLessThanOrEqual(limit);
        expect(state.gone).toBe(0);
        // No place is free that somebody waits for who could have it.
        if (!isCancelled && state.taken < limit) expect(state.ready).toBe(0);
      }
    },
    60_000,
  );
});
