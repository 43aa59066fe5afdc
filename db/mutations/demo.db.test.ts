import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, demo, demoSignup } from "@/db/schema";
import { atOnce } from "@/db/testing/at-once";
import { testDb } from "@/db/testing/database";
import { createFarSession, signupById } from "@/db/testing/demo-sessions";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { createDemo, type DemoContent, deleteDemo, editDemo } from "./demo";
import { signUp } from "./signup";
import { markSignup } from "./signup-mark";

const NOW = new Date("2026-06-10T12:00:00Z");
const CONTENT: DemoContent = {
  title: "Tide tables",
  description: "Tides of the next week.",
  demoDate: "2026-06-12",
  demoUrl: "https://tides.example.org",
  githubUrl: null,
  thumbnailUrl: null,
  technologies: ["react", "d3"],
};

async function newStudent() {
  const batch = await createBatch(testDb());
  const { id, studentId } = await createStudent(testDb(), { batchId: batch.id });
  return { actor: { type: "user", id, role: "student" } satisfies Actor, studentId };
}
type Student = Awaited<ReturnType<typeof newStudent>>;

async function newDemo({ actor }: Student, content: Partial<DemoContent> = {}): Promise<number> {
  const made = await createDemo(testDb(), actor, { ...CONTENT, ...content });
  if (!made.ok) throw new Error(made.message);
  return made.data.id;
}

async function newSignup({ actor, studentId }: Student, demoId: number | null, sessionId: number): Promise<number> {
  const made = await signUp(testDb(), actor, { sessionId, studentId, demoId, notes: null }, NOW);
  if (!made.ok) throw new Error(made.message);
  return made.data.signupId;
}

const rowOf = async (id: number) => (await testDb().select().from(demo).where(eq(demo.id, id)))[0];
const eventsOf = (id: number) =>
  testDb().select().from(auditEvent).where(sql`subject_type = 'demo' and subject_id = ${id}`).orderBy(auditEvent.id);

describe("a demo", () => {
  it("is saved whole, on exactly the day that was given (old defect 9), and written down", async () => {
    const me = await newStudent();
    const id = await newDemo(me);
    expect(await rowOf(id)).toMatchObject({ ...CONTENT, studentId: me.studentId, version: 1 });
    // The days around a change of clocks, and of the year, in whatever zone this runs.
    for (const [index, demoDate] of ["2026-03-29", "2026-11-01", "2026-12-31", "2027-01-01", null].entries()) {
      const edit = { ...CONTENT, title: "Tides", demoDate, version: index + 1 };
      expect(await editDemo(testDb(), me.actor, id, edit)).toMatchObject({ ok: true });
      const [row] = await testDb().execute(sql`select demo_date::text as date from demo where id = ${id}`);
      expect(row?.date).toBe(demoDate);
    }
    expect((await eventsOf(id)).slice(0, 2)).toMatchObject([
      { action: "demo.create", label: "Tide tables", after: { demoDate: "2026-06-12", technologies: ["react", "d3"] } },
      { action: "demo.edit", label: "Tides", before: { title: "Tide tables" }, after: { demoDate: "2026-03-29" } },
    ]);
  });

  it("edited in two windows keeps the first's change and shows it to the second", async () => {
    const me = await newStudent();
    const id = await newDemo(me);
    const edit = (title: string) => editDemo(testDb(), me.actor, id, { ...CONTENT, title, version: 1 });
    const answers = await Promise.all([edit("One"), edit("Two")]);
    const title = answers[0].ok ? "One" : "Two";
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      code: "conflict",
      current: { version: 2, values: { title, technologies: "react, d3", githubUrl: null } },
    });
    expect(await rowOf(id)).toMatchObject({ title, version: 2 });
  });

  it("is nobody else's to change: another's is none at all, and staff have none", async () => {
    const [me, other] = [await newStudent(), await newStudent()];
    const id = await newDemo(me);
    const admin = await createUser(testDb(), { role: "admin" });
    const refused: [Actor, string][] = [
      [other.actor, "not_found"],
      [{ type: "user", id: admin.id, role: "admin" }, "forbidden"],
      [{ type: "system", job: "demo-tick" }, "forbidden"],
    ];
    for (const [actor, code] of refused) {
      expect(await editDemo(testDb(), actor, id, { ...CONTENT, title: "Mine", version: 1 })).toMatchObject({ code });
      expect(await deleteDemo(testDb(), actor, id, [], NOW)).toMatchObject({ code });
      if (code === "forbidden") expect(await createDemo(testDb(), actor, CONTENT)).toMatchObject({ code });
    }
    expect(await rowOf(id)).toMatchObject({ title: "Tide tables", version: 1 });
  });
});

describe("deleting a demo", () => {
  it("leaves exactly those sign-ups without it that somebody agreed to, which keep their places", async () => {
    const me = await newStudent();
    const id = await newDemo(me);
    const [first, second] = [await createFarSession(testDb()), await createFarSession(testDb())];
    const signup = await newSignup(me, id, first.id);
    expect(await deleteDemo(testDb(), me.actor, id, [], NOW)).toMatchObject({ code: "conflict" });
    const later = await newSignup(me, id, second.id);
    for (const agreed of [[signup], [signup, later + 1000], [signup, later, later + 1000]]) {
      expect(await deleteDemo(testDb(), me.actor, id, agreed, NOW)).toMatchObject({ code: "conflict" });
    }
    expect(await rowOf(id)).toBeDefined();
    expect(await deleteDemo(testDb(), me.actor, id, [later, signup], NOW)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toBeUndefined();
    for (const each of [signup, later]) {
      expect(await signupById(testDb(), each)).toMatchObject({ demoId: null, status: "scheduled", version: 2 });
    }
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      action: "demo.delete",
      label: "Tide tables",
      before: { signups: [`${first.title}, ${first.sessionDate}`, `${second.title}, ${second.sessionDate}`] },
    });
    expect(await deleteDemo(testDb(), me.actor, id, [], NOW)).toMatchObject({ code: "not_found" });
  });

  it("asks nothing for a withdrawn sign-up, and leaves a mark on a missed one as it was", async () => {
    const me = await newStudent();
    const id = await newDemo(me);
    const [missed, withdrawn] = [await createFarSession(testDb()), await createFarSession(testDb())];
    const [one, two] = [await newSignup(me, id, missed.id), await newSignup(me, id, withdrawn.id)];
    await testDb().update(demoSignup).set({ status: "no_show" }).where(eq(demoSignup.id, one));
    await testDb().update(demoSignup).set({ status: "cancelled" }).where(eq(demoSignup.id, two));
    expect(await deleteDemo(testDb(), me.actor, id, [one], NOW)).toMatchObject({ ok: true });
    expect(await signupById(testDb(), one)).toMatchObject({ demoId: null, status: "no_show", version: 1 });
    expect(await signupById(testDb(), two)).toMatchObject({ demoId: null, status: "cancelled" });
  });

  it("is refused once it was presented; it can still be changed", async () => {
    const me = await newStudent();
    const id = await newDemo(me);
    const session = await createFarSession(testDb());
    const signup = await newSignup(me, id, session.id);
    await testDb().update(demoSignup).set({ status: "presented", rating: 5 }).where(eq(demoSignup.id, signup));
    expect(await deleteDemo(testDb(), me.actor, id, [signup], NOW)).toMatchObject({
      code: "conflict",
      message: "You have presented this demo, so it stays. You can still change it.",
    });
    expect(await editDemo(testDb(), me.actor, id, { ...CONTENT, title: "Tides", version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await signupById(testDb(), signup)).toMatchObject({ demoId: id, rating: 5 });
  });

  const lockDemo = (id: number) => (sql: { unsafe: (text: string) => PromiseLike<unknown> }) =>
    sql.unsafe(`select from demo where id = ${id} for update`);

  it("while somebody signs up with it: whoever comes first wins, and nobody waits for ever", async () => {
    const me = await newStudent();
    for (const deletesFirst of [true, false]) {
      const id = await newDemo(me);
      const session = await createFarSession(testDb());
      const remove = () => deleteDemo(testDb(), me.actor, id, [], NOW);
      const join = () =>
        signUp(testDb(), me.actor, { sessionId: session.id, studentId: me.studentId, demoId: id, notes: null }, NOW);
      const [first, second] = deletesFirst
        ? await atOnce(lockDemo(id), remove, join)
        : await atOnce(lockDemo(id), join, remove);
      expect([first.ok, second.ok]).toEqual([true, false]);
      expect(second).toMatchObject({ code: deletesFirst ? "invalid" : "conflict" });
      expect((await rowOf(id)) === undefined).toBe(deletesFirst);
    }
  });

  it("while it is marked as presented: it stays", async () => {
    const me = await newStudent();
    const id = await newDemo(me);
    const session = await createFarSession(testDb());
    const signup = await newSignup(me, id, session.id);
    const admin = await createUser(testDb(), { role: "admin" });
    const actor: Actor = { type: "user", id: admin.id, role: "admin" };
    const [marked, deleted] = await atOnce(
      (sql) => sql`select from demo_session where id = ${session.id} for update`,
      () => markSignup(testDb(), actor, signup, { status: "presented" }, NOW),
      () => deleteDemo(testDb(), me.actor, id, [signup], NOW),
    );
    expect(marked).toMatchObject({ ok: true });
    expect(deleted).toMatchObject({ code: "conflict" });
    expect(await signupById(testDb(), signup)).toMatchObject({ demoId: id, status: "presented" });
  });
});
