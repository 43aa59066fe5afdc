import { type SQL, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvent, certificate, demo, enrolment, note } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createDemoSession,
  createSignup,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import { listStudentTimeline, TIMELINE_ROWS, type TimelineKind, timelineKinds } from "./student-timeline";

const NOW = new Date("2026-06-10T12:00:00Z");
const MINUTE = 60_000;

type Looker = Parameters<typeof listStudentTimeline>[3];
const ADMIN: Looker = { id: 0, role: "admin", log: true };

const read = (
  tx: Db,
  studentId: number,
  kind: TimelineKind | null = null,
  looker: Looker = ADMIN,
  before: string | null = null,
) => listStudentTimeline(tx, studentId, { kind, before }, looker, NOW);

describe("weeks of coding", () => {
  it("run from Monday to Sunday, tell days with coding from days with data, and skip weeks without any", async () => {
    await withRollback(testDb(), async (tx) => {
      const student = await createStudent(tx, { timeZone: "America/Chicago" });
      // Sunday 31 May; Mon 1 and Sun 7 June; nothing in the week of 25 May but that Sunday; the week of 18 May is empty.
      await addCodingDays(tx, student.id, {
        "2026-05-17": 10,
        "2026-05-31": 30,
        "2026-06-01": 60,
        "2026-06-07": 0,
        "2026-06-08": 45,
      });
      const { entries } = await read(tx, student.studentId, "coding");
      const week = (minutes: number, days: number, daysWithCoding: number, until: string) => ({
        totalMs: minutes * MINUTE,
        days,
        daysWithCoding,
        until,
      });
      expect(entries.map(({ day, what }) => [day, what])).toEqual([
        ["2026-06-08", week(45, 1, 1, "2026-06-14")],
        ["2026-06-01", week(60, 2, 1, "2026-06-07")],
        ["2026-05-25", week(30, 1, 1, "2026-05-31")],
        ["2026-05-11", week(10, 1, 1, "2026-05-17")],
      ]);
    });
  });
});

describe("one timeline of everything", () => {
  it("is in order across kinds, with moves and changes of status told from beginnings", async () => {
    await withRollback(testDb(), async (tx) => {
      const [first, second] = [await createBatch(tx, { name: "First" }), await createBatch(tx, { name: "Second" })];
      const { studentId, id } = await createStudent(tx, {
        batchId: first.id,
        fromDate: "2026-01-05",
        toDate: "2026-03-02",
        timeZone: "UTC",
      });
      await tx.insert(enrolment).values([
        { studentId, batchId: second.id, fromDate: "2026-03-02", toDate: "2026-04-01" },
        { studentId, batchId: second.id, fromDate: "2026-04-01", toDate: "2026-05-01", status: "paused" },
      ]);
      await addCodingDays(tx, id, { "2026-03-10": 60 }, "UTC");
      await tx.insert(demo).values({ studentId, title: "Tides", demoDate: "2026-03-12" });
      await tx.insert(certificate).values({ studentId, name: "Cert", issuer: "Us", dateIssued: "2026-05-02" });
      const session = await createDemoSession(tx, { sessionDate: "2026-03-13" });
      await createSignup(tx, session.id, studentId, "presented");

      const { entries, next } = await read(tx, studentId);
      const words = entries
        .filter(({ kind }) => kind !== "changes")
        .map((entry) =>
          entry.kind === "enrolments"
            ? `${entry.day} ${entry.what.began ? (entry.what.again ? "again" : entry.what.moved ? "moved" : "began") : "ended"} ${entry.what.batch} ${entry.what.status}`
            : `${entry.day} ${entry.kind}`,
        );
      expect(words).toEqual([
        "2026-05-02 certificates",
        "2026-05-01 ended Second paused",
        "2026-04-01 again Second paused",
        // The week of 9 March ends on the 15th, after the session of the 13th.
        "2026-03-09 coding",
        "2026-03-13 sign-ups",
        "2026-03-12 demos",
        "2026-03-02 moved Second active",
        "2026-01-05 began First active",
      ]);
      expect(next).toBeNull();
    });
  });

  it("is read on without gaps or repetition, also where many things have one instant", async () => {
    await withRollback(testDb(), async (tx) => {
      const author = await createUser(tx, { role: "instructor" });
      const { studentId } = await createStudent(tx, { timeZone: "UTC" });
      const at = new Date("2026-06-01T00:00:00Z");
      const many = Array.from({ length: TIMELINE_ROWS * 2 + 5 }, (_, index) => index);
      await tx
        .insert(note)
        .values(
          many.map((each) => ({ studentId, authorId: author.id, body: `${each}`, isShared: true, createdAt: at })),
        );
      await tx.insert(demo).values(many.map((each) => ({ studentId, title: `${each}`, demoDate: "2026-06-01" })));
      const keys: string[] = [];
      let before: string | null = null;
      do {
        const page = await read(tx, studentId, null, ADMIN, before);
        keys.push(...page.entries.map(({ key }) => key));
        before = page.next;
      } while (before);
      expect(keys).toHaveLength(many.length * 2);
      expect(new Set(keys).size).toBe(many.length * 2);
    });
  });

  it("takes an address that makes no sense as the beginning", async () => {
    await withRollback(testDb(), async (tx) => {
      const { studentId } = await createStudent(tx);
      await tx.insert(demo).values({ studentId, title: "One" });
      for (const before of ["x", "1.2", "9".repeat(40), "1.1.1; drop table demo", "-1.1"]) {
        expect((await read(tx, studentId, "demos", ADMIN, before)).entries, before).toHaveLength(1);
      }
    });
  });
});

describe("who reads what", () => {
  it("shows a private note to its author alone, admins not among them, and a shared one to all staff", async () => {
    await withRollback(testDb(), async (tx) => {
      const author = await createUser(tx, { role: "instructor" });
      const other = await createUser(tx, { role: "instructor" });
      const admin = await createUser(tx, { role: "admin" });
      const { studentId } = await createStudent(tx);
      await tx.insert(note).values([
        { studentId, authorId: author.id, body: "for me" },
        { studentId, authorId: author.id, body: "for all", isShared: true },
      ]);
      const bodies = async (looker: Looker) => {
        const { entries } = await read(tx, studentId, null, looker);
        return entries.flatMap((entry) => (entry.kind === "notes" ? [entry.what.body] : [])).sort();
      };
      expect(await bodies({ id: author.id, role: "instructor", log: false })).toEqual(["for all", "for me"]);
      expect(await bodies({ id: other.id, role: "instructor", log: false })).toEqual(["for all"]);
      expect(await bodies({ id: admin.id, role: "admin", log: true })).toEqual(["for all"]);
    });
  });

  it("leaves the log's part to those who may read it, and knows the student's events from others'", async () => {
    await withRollback(testDb(), async (tx) => {
      const actor = await createUser(tx, { role: "admin", name: "Ann" });
      const { studentId, id } = await createStudent(tx);
      const event = (subjectType: string, subjectId: number, action: string) => ({
        actorUserId: actor.id,
        subjectType,
        subjectId,
        action,
        label: "L",
      });
      await tx
        .insert(auditEvent)
        .values([
          event("user", id, "user.edit"),
          event("student", studentId, "student.move"),
          event("user", actor.id, "user.other"),
          event("note", studentId, "note.write"),
        ]);
      const { entries } = await read(tx, studentId, "changes");
      expect(entries.map(({ what }) => what)).toEqual(
        expect.arrayContaining([
          { action: "user.edit", label: "L", by: "Ann", job: null },
          { action: "student.move", label: "L", by: "Ann", job: null },
        ]),
      );
      expect(entries).toHaveLength(2);
      const instructor: Looker = { id: actor.id, role: "instructor", log: false };
      expect((await read(tx, studentId, "changes", instructor)).entries).toEqual([]);
      expect((await read(tx, studentId, null, instructor)).entries.filter(({ kind }) => kind === "changes")).toEqual(
        [],
      );
    });
  });
});

type Line = { "QUERY PLAN": string };

it("probes each kind by the student's own index", async () => {
  await withRollback(testDb(), async (tx) => {
    await tx.execute(
      sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
    );
    let plan = "";
    const explaining = {
      execute: async (statement: SQL) => {
        const lines: Line[] = await tx.execute<Line>(sql`explain (costs off) ${statement}`);
        plan = lines.map((line) => line["QUERY PLAN"]).join("\n");
        return [];
      },
    };
    await listStudentTimeline(explaining as unknown as Db, 7, { kind: null, before: null }, ADMIN, NOW);
    for (const index of [
      "idx_daily_summary_user_date",
      "idx_demo_student",
      "idx_demo_signup_student",
      "idx_certificate_student",
      "idx_note_student",
      "idx_audit_event_subject",
    ]) {
      expect(plan).toContain(index);
    }
    // Either of the two that begin with the student.
    expect(plan).toMatch(/(idx_enrolment_student|enrolment_one_at_a_time) on enrolment/);
    expect(plan).not.toMatch(/Seq Scan on (daily_summary|audit_event|note|demo|demo_signup|certificate|enrolment)\b/);
    expect(timelineKinds).toHaveLength(7);
  });
});
