import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { batch, demo, demoSignup, holiday, setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { getDemoSessionFacts } from "./demo-session-panel";
import { getSessionPlan } from "./demo-session-plan";

// The evening of the 11th in Chicago.
const NOW = new Date("2026-06-12T04:00:00Z");

it("the panel names the first twelve who present, in running order, and counts who waits", async () => {
  await withRollback(testDb(), async (tx) => {
    const session = await createDemoSession(tx, {
      sessionDate: "2026-06-11",
      sessionTime: "23:30",
      maxScheduled: 13,
      notes: "Room 4",
    });
    const people = [];
    for (let number = 1; number <= 13; number += 1) {
      const { studentId } = await createStudent(tx, { name: `Student ${number}` });
      people.push({ studentId, signup: await createSignup(tx, session.id, studentId) });
    }
    await createSignup(tx, session.id, (await createStudent(tx)).studentId, "waitlisted");
    await createSignup(tx, session.id, (await createStudent(tx)).studentId, "cancelled");
    // The last to come is the first to present, with something of their own.
    const [, , third] = people;
    const first = people[12];
    if (!first || !third) throw new Error("nobody signed up");
    const [shown] = await tx
      .insert(demo)
      .values({ studentId: first.studentId, title: "Tide tables" })
      .returning({ id: demo.id });
    await tx.update(demoSignup).set({ runningOrder: 1, demoId: shown?.id }).where(eq(demoSignup.id, first.signup.id));
    await tx.update(demoSignup).set({ status: "no_show" }).where(eq(demoSignup.id, third.signup.id));

    const facts = await getDemoSessionFacts(tx, session.id, NOW);
    expect(facts).toMatchObject({
      ...{ state: "full", taken: 13, waiting: 1, maxScheduled: 13, today: "2026-06-11", notes: "Room 4" },
      ...{ startsAt: "2026-06-12T04:30:00+00:00", batchId: null, cancelReason: null },
    });
    expect(facts?.presenting).toHaveLength(12);
    expect(facts?.presenting[0]).toEqual({
      ...{ studentId: first.studentId, name: "Student 13", demo: "Tide tables", status: "scheduled" },
    });
    expect(facts?.presenting.slice(1, 4).map(({ name, status }) => [name, status])).toEqual([
      ["Student 1", "scheduled"],
      ["Student 2", "scheduled"],
      ["Student 3", "no_show"],
    ]);
    expect(await getDemoSessionFacts(tx, 2_000_000_000, NOW)).toBeNull();
  });
});

it("the plan knows what stands in the way from today on, in the academy's zone, and which batches are not over", async () => {
  await withRollback(testDb(), async (tx) => {
    await tx.insert(setting).values({ key: "academy_time_zone", value: "America/Chicago" });
    await tx.insert(holiday).values([
      { date: "2026-06-10", name: "Yesterday" },
      { date: "2026-06-11", name: "Today" },
    ]);
    await createDemoSession(tx, { sessionDate: "2026-06-10", title: "Over" });
    await createDemoSession(tx, { sessionDate: "2026-06-12", title: "Off", isCancelled: true });
    await createDemoSession(tx, { sessionDate: "2026-06-12", title: "On instead" });
    const last = await createBatch(tx, { name: "Ends today", endDate: "2026-06-11" });
    await createBatch(tx, { name: "Ended", endDate: "2026-06-10" });
    const stored = await createBatch(tx, { name: "Archived" });
    await tx.update(batch).set({ archivedAt: NOW }).where(eq(batch.id, stored.id));
    expect(await getSessionPlan(tx, NOW)).toEqual({
      timeZone: "America/Chicago",
      today: "2026-06-11",
      holidays: [{ date: "2026-06-11", name: "Today" }],
      taken: [
        { date: "2026-06-12", title: "Off", cancelled: true },
        { date: "2026-06-12", title: "On instead", cancelled: false },
      ],
      batches: [{ id: last.id, name: "Ends today" }],
    });
  });
});
