import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, goal } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createStudent, createUser } from "@/db/testing/factories";
import type { GoalAim } from "@/lib/analytics/goal-aim";
import type { Actor } from "@/lib/auth/permissions";
import { createGoal, deleteGoal, editGoal } from "./goal";

const HOUR = 3_600_000;
const ROUNDS = 8;
const WEEK: GoalAim = { period: "week", kind: null, name: null, targetMs: 10 * HOUR };

async function newStudent() {
  const { id, studentId } = await createStudent(testDb());
  return { actor: { type: "user", id, role: "student" } satisfies Actor, studentId, userId: id };
}

const goalsOf = (studentId: number) =>
  testDb().select().from(goal).where(eq(goal.studentId, studentId)).orderBy(asc(goal.slot));
const of = (name: string, more: Partial<GoalAim> = {}): GoalAim => ({ ...WEEK, kind: "language", name, ...more });
const eventsOf = (id: number) =>
  testDb().select().from(auditEvent).where(sql`subject_type = 'goal' and subject_id = ${id}`).orderBy(auditEvent.id);

async function made(actor: Actor, aim: GoalAim): Promise<number> {
  const result = await createGoal(testDb(), actor, aim);
  if (!result.ok) throw new Error(result.message);
  return result.data.id;
}

describe("a student's goals", () => {
  it("are five at most, and a deleted one leaves its slot to the next", async () => {
    const { actor, studentId } = await newStudent();
    const ids: number[] = [];
    for (const name of ["Go", "Rust", "Ruby", "Java", "Perl"]) ids.push(await made(actor, of(name)));
    expect(await createGoal(testDb(), actor, of("C"))).toMatchObject({
      code: "conflict",
      message: "You have 5 goals, which is the most. Change or delete one of them first.",
    });
    expect(await deleteGoal(testDb(), actor, ids[2] ?? 0)).toMatchObject({ ok: true });
    await made(actor, of("Ruby"));
    expect((await goalsOf(studentId)).map(({ slot, name }) => `${slot} ${name}`)).toEqual([
      ...["1 Go", "2 Rust", "3 Ruby", "4 Java", "5 Perl"],
    ]);
  });

  it(`: of four who race for the fifth slot one gets it, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { actor, studentId } = await newStudent();
      for (const name of ["Go", "Rust", "Ruby", "Java"]) await made(actor, of(name));
      const answers = await Promise.all(
        ["Perl", "C", "Lua", "Elm"].map((name) => createGoal(testDb(), actor, of(name))),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter((each) => !each.ok && each.code === "conflict")).toHaveLength(3);
      expect((await goalsOf(studentId)).map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it("aim at the same thing once, also when two set it at the same moment or one is changed into the other", async () => {
    const { actor, studentId } = await newStudent();
    const answers = await Promise.all([1, 2, 3].map(() => createGoal(testDb(), actor, WEEK)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      fields: { what: "You have a goal for this already: 10 h of coding a week." },
    });
    await made(actor, of("typescript"));
    expect(await createGoal(testDb(), actor, of("TypeScript"))).toMatchObject({
      fields: { name: "You have a goal for this already: 10 h of typescript a week." },
    });
    // The same of another period is another goal.
    const daily = await made(actor, { ...WEEK, period: "day", targetMs: 2 * HOUR });
    expect(await editGoal(testDb(), actor, daily, { ...WEEK, version: 1 })).toMatchObject({ code: "invalid" });
    expect((await goalsOf(studentId)).map(({ period }) => period)).toEqual(["week", "week", "day"]);
  });

  it.each([
    ["day", 24],
    ["week", 168],
    ["month", 576],
  ] as const)("for a %s are %d hours at most and a minute at least", async (period, hours) => {
    const { actor } = await newStudent();
    const aim = (targetMs: number): GoalAim => ({ period, kind: null, name: null, targetMs });
    for (const targetMs of [hours * HOUR + 60_000, 59_999, 0]) {
      expect(await createGoal(testDb(), actor, aim(targetMs))).toMatchObject({ fields: { hours: expect.any(String) } });
    }
    const id = await made(actor, aim(hours * HOUR));
    expect(await editGoal(testDb(), actor, id, { ...aim(60_000), version: 1 })).toMatchObject({ ok: true });
  });

  it("take the name as it stands in one's own days, whoever wrote it how", async () => {
    const [me, other] = [await newStudent(), await newStudent()];
    await testDb().execute(sql`
      with n as (
        insert into coding_name (kind, name) values ('project', 'Tide-Tables'), ('project', 'TIDE-TABLES') returning id, name
      ), d as (
        insert into daily_summary (user_id, date, total_ms, time_zone)
        values (${me.userId}, current_date - 3, 60000, 'UTC'), (${other.userId}, current_date - 3, 60000, 'UTC')
        returning id, user_id
      )
      insert into daily_summary_item (summary_id, name_id, ms)
      select d.id, n.id, 60000 from d join n on n.name = case d.user_id when ${me.userId} then 'Tide-Tables' else 'TIDE-TABLES' end`);
    await made(me.actor, of("tide-tables", { kind: "project" }));
    await made(me.actor, of("tide-tables"));
    await made(other.actor, of("Tide-tables", { kind: "project" }));
    expect((await goalsOf(me.studentId)).map(({ name }) => name)).toEqual(["Tide-Tables", "tide-tables"]);
    expect((await goalsOf(other.studentId)).map(({ name }) => name)).toEqual(["TIDE-TABLES"]);
  });

  it("are nobody else's to change: another's is none at all, and staff have none", async () => {
    const [me, other] = [await newStudent(), await newStudent()];
    const id = await made(me.actor, WEEK);
    const edit = { ...WEEK, targetMs: HOUR, version: 1 };
    expect(await editGoal(testDb(), other.actor, id, edit)).toMatchObject({ code: "not_found" });
    expect(await deleteGoal(testDb(), other.actor, id)).toMatchObject({ code: "not_found" });
    const admin = await createUser(testDb(), { role: "admin" });
    for (const actor of [
      { type: "user", id: admin.id, role: "admin" },
      { type: "system", job: "sync-tick" },
    ] satisfies Actor[]) {
      expect(await createGoal(testDb(), actor, WEEK)).toMatchObject({ code: "forbidden" });
      expect(await editGoal(testDb(), actor, id, edit)).toMatchObject({ code: "forbidden" });
      expect(await deleteGoal(testDb(), actor, id)).toMatchObject({ code: "forbidden" });
    }
    expect(await goalsOf(me.studentId)).toMatchObject([{ id, targetMs: 10 * HOUR, version: 1 }]);
  });

  it("changed in two windows tell the second what the first saved, by the names of its form", async () => {
    const { actor, studentId } = await newStudent();
    const id = await made(actor, of("Go"));
    const edit = (targetMs: number) => editGoal(testDb(), actor, id, { ...of("Go", { targetMs }), version: 1 });
    expect(await edit(90 * 60_000)).toMatchObject({ ok: true });
    expect(await edit(HOUR)).toMatchObject({
      code: "conflict",
      message: "You, in another window, saved changes while you were editing.",
      current: { version: 2, values: { what: "language", name: "Go", period: "week", hours: "1", minutes: "30" } },
    });
    expect(await goalsOf(studentId)).toMatchObject([{ targetMs: 90 * 60_000, version: 2 }]);
  });

  it("are written down without the name of a project", async () => {
    const { actor } = await newStudent();
    const id = await made(actor, of("secret-startup", { kind: "project" }));
    await editGoal(testDb(), actor, id, { ...of("Go", { targetMs: HOUR }), version: 1 });
    await deleteGoal(testDb(), actor, id);
    const events = await eventsOf(id);
    expect(JSON.stringify(events)).not.toContain("secret-startup");
    expect(events).toMatchObject([
      { action: "goal.create", label: "10 h of a project a week", after: { kind: "project", name: "a project" } },
      { action: "goal.edit", label: "1 h of Go a week", before: { targetMs: 10 * HOUR }, after: { name: "Go" } },
      { action: "goal.delete", label: "1 h of Go a week", before: { name: "Go" } },
    ]);
  });
});
