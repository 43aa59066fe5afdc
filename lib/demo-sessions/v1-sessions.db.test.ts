import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { signUp } from "@/db/mutations/signup";
import { demoSession, demoSignup } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent, createUser } from "@/db/testing/factories";
import { sessionCreateSchema, sessionUpdateSchema } from "@/lib/api-v1-demo";
import { changeV1Session, createV1Sessions, removeV1Session } from "./v1-sessions";

const db = testDb();
const NOW = new Date("2026-06-10T12:00:00Z");
const admin = { ...(await createUser(db, { role: "admin" })), type: "user" as const };
const batch = await createBatch(db);
const newStudent = () => createStudent(db, { batchId: batch.id });

const given = (session_date: string, more = {}) => sessionCreateSchema.parse({ session_date, ...more });
const change = (more: Record<string, unknown>) => sessionUpdateSchema.parse(more);
const rowOf = async (id: number) => (await db.select().from(demoSession).where(eq(demoSession.id, id)))[0];
const noChoice = { tell: true } as const;

describe("creating many", () => {
  it("answers the ids in the order given, whatever differs between them", async () => {
    const made = await createV1Sessions(
      db,
      admin,
      [given("2026-08-14"), given("2026-08-07", { title: "Open house" }), given("2026-08-21", { max_scheduled: 3 })],
      NOW,
    );
    if (!made.ok) throw new Error(made.message);
    const rows = await Promise.all(made.data.map(rowOf));
    expect(rows.map((row) => [row?.sessionDate, row?.title, row?.maxScheduled])).toEqual([
      ["2026-08-14", "Friday Demo Session", null],
      ["2026-08-07", "Open house", null],
      ["2026-08-21", "Friday Demo Session", 3],
    ]);
  });

  it("creates none when one of another content is refused", async () => {
    const before = await db.$count(demoSession);
    const many = [given("2026-09-04"), given("2026-09-11", { title: "For a batch", batch_id: 2_000_000_000 })];
    expect(await createV1Sessions(db, admin, many, NOW)).toMatchObject({ ok: false, code: "invalid" });
    expect(await createV1Sessions(db, admin, [given("2026-09-04"), given("2026-06-01")], NOW)).toMatchObject({
      ok: false,
    });
    expect(await db.$count(demoSession)).toBe(before);
  });
});

describe("changing one", () => {
  it("takes its edit back when the cancellation of the same request is refused", async () => {
    const session = await createDemoSession(db, { sessionDate: "2026-10-02", title: "Before" });
    const wanted = change({ title: "After", is_cancelled: true, signups: "move", target_id: session.id });
    expect(await changeV1Session(db, admin, session.id, wanted, NOW)).toMatchObject({ ok: false, code: "invalid" });
    expect(await rowOf(session.id)).toMatchObject({ title: "Before", isCancelled: false, version: 1 });
  });

  it("tells an older version, and changes nothing when nothing is asked", async () => {
    const session = await createDemoSession(db, { sessionDate: "2026-10-09" });
    expect(await changeV1Session(db, admin, session.id, change({}), NOW)).toMatchObject({
      ok: true,
      data: { version: 1 },
    });
    await changeV1Session(db, admin, session.id, change({ title: "Newer" }), NOW);
    const late = await changeV1Session(db, admin, session.id, change({ title: "Late", version: 1 }), NOW);
    expect(late).toMatchObject({ ok: false, code: "conflict" });
    expect(await rowOf(session.id)).toMatchObject({ title: "Newer", version: 2 });
  });
});

describe("deleting one", () => {
  it("old defect 14: asks for a choice while it has sign-ups, also withdrawn ones, and names how many", async () => {
    const session = await createDemoSession(db, { sessionDate: "2026-11-06" });
    await createSignup(db, session.id, (await newStudent()).studentId, "cancelled");
    const refused = await removeV1Session(db, admin, session.id, noChoice, NOW);
    expect(refused).toMatchObject({ ok: false, code: "conflict", message: expect.stringContaining("one sign-up") });
    expect(await removeV1Session(db, admin, session.id, { signups: "delete", tell: true }, NOW)).toMatchObject({
      ok: true,
    });
    expect(await rowOf(session.id)).toBeUndefined();
  });

  it("never takes a sign-up along unasked that came in at the same moment", async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round++) {
      const session = await createDemoSession(db, { sessionDate: `2027-02-${String(round + 1).padStart(2, "0")}` });
      const student = await newStudent();
      const actor = { type: "user", id: student.id, role: "student" } as const;
      const input = { sessionId: session.id, studentId: student.studentId, demoId: null, notes: null };
      const [signedUp, removed] = await Promise.all([
        signUp(db, actor, input, NOW),
        removeV1Session(db, admin, session.id, noChoice, NOW),
      ]);
      expect(signedUp.ok).toBe(!removed.ok);
      expect(await db.$count(demoSignup, eq(demoSignup.sessionId, session.id))).toBe(signedUp.ok ? 1 : 0);
      outcomes.add(removed.ok ? "deleted" : removed.code);
    }
    expect([...outcomes].filter((outcome) => outcome !== "deleted" && outcome !== "conflict")).toEqual([]);
  });
});
