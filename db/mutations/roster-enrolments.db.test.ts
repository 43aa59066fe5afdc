import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { assignment, auditEvent, enrolment, project, student, user } from "@/db/schema";
import { testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { admin, apply, db, dryRun } from "@/db/testing/roster";
import { changeEnrolmentStatus, enrolStudent, moveStudent } from "./enrolment";

describe("enrolments", () => {
  /** The same done by hand to one of two twins, by a file to the other. */
  const cases = {
    "a move": {
      by: "batch\nAutumn twins",
      hand: (studentId: number, autumn: number) => moveStudent(db, admin, { studentId, batchId: autumn }),
    },
    "a move on a day to come": {
      by: "batch,start date\nAutumn twins,2098-05-01",
      hand: (studentId: number, autumn: number) =>
        moveStudent(db, admin, { studentId, batchId: autumn, from: "2098-05-01" }),
    },
    "a move that replaces what was planned": {
      by: "batch\nAutumn twins",
      begins: "planned",
      hand: (studentId: number, autumn: number) => moveStudent(db, admin, { studentId, batchId: autumn }),
    },
    "a move before anything has begun": {
      by: "batch\nAutumn twins",
      begins: "waiting",
      hand: (studentId: number, autumn: number) => moveStudent(db, admin, { studentId, batchId: autumn }),
    },
    pausing: {
      by: "status\npaused",
      hand: (studentId: number) => changeEnrolmentStatus(db, admin, { studentId, status: "paused" }),
    },
    "dropping out": {
      by: "status\ndropped",
      begins: "planned",
      hand: (studentId: number) => changeEnrolmentStatus(db, admin, { studentId, status: "dropped" }),
    },
    graduating: {
      by: "status\ngraduated",
      hand: (studentId: number) => changeEnrolmentStatus(db, admin, { studentId, status: "graduated" }),
    },
  };

  let spring: { id: number; name: string };
  let autumn: { id: number; name: string };
  beforeEach(async () => {
    const dates = { startDate: "2026-01-05", endDate: "2099-01-01" };
    await testSql()`update batch set name = 'former ' || id where name like '%twins'`;
    spring = await createBatch(db, { name: "Spring twins", ...dates });
    autumn = await createBatch(db, { name: "Autumn twins", ...dates });
  });

  const twin = async (begins: string) => {
    const person = await createStudent(db, { batchId: spring.id, passwordHash: "x", fromDate: "2026-02-02" });
    const [work] = await db
      .insert(project)
      .values({ batchId: spring.id, name: "Work", startDate: "2026-02-02" })
      .returning({ id: project.id });
    await db.insert(assignment).values({ studentId: person.studentId, projectId: work?.id ?? 0, status: "active" });
    if (begins === "waiting") {
      await db.update(enrolment).set({ fromDate: "2098-01-01" }).where(eq(enrolment.studentId, person.studentId));
    }
    if (begins === "planned") {
      const { studentId } = person;
      await db.update(enrolment).set({ toDate: "2098-01-01" }).where(eq(enrolment.studentId, studentId));
      await db
        .insert(enrolment)
        .values({ studentId, batchId: spring.id, status: "paused", fromDate: "2098-01-01", version: 2 });
    }
    return person;
  };

  const state = async (studentId: number) => ({
    enrolments: await db
      .select({
        batch: enrolment.batchId,
        status: enrolment.status,
        from: enrolment.fromDate,
        to: enrolment.toDate,
        version: enrolment.version,
      })
      .from(enrolment)
      .where(eq(enrolment.studentId, studentId))
      .orderBy(enrolment.fromDate),
    work: await db
      .select({ status: assignment.status, version: assignment.version })
      .from(assignment)
      .where(eq(assignment.studentId, studentId)),
    audit: await db
      .select({ action: auditEvent.action, before: auditEvent.before, after: auditEvent.after })
      .from(auditEvent)
      .where(sql`${auditEvent.subjectType} = 'student' and ${auditEvent.subjectId} = ${studentId}`),
  });

  it.each(Object.entries(cases))(
    "%s by a file is what it is by hand, and is done once",
    async (_, { by, hand, ...more }) => {
      const begins = "begins" in more ? more.begins : "";
      const [mine, theirs] = [await twin(begins), await twin(begins)];
      expect(await hand(mine.studentId, autumn.id)).toMatchObject({ ok: true });
      const [heading, cells] = by.split("\n");
      const content = `email,name,${heading}\n${theirs.email},${theirs.name},${cells}`;
      expect(await apply(await dryRun(content))).toMatchObject({ outcome: "applied", counts: { changed: 1 } });
      expect(await state(theirs.studentId)).toEqual(await state(mine.studentId));
      expect((await dryRun(content)).counts.same).toBe(1);
    },
  );

  it("of somebody without one, and of somebody whose role is still to be given, are what they are by hand", async () => {
    const people = await Promise.all([1, 2].map(() => createUser(db, { passwordHash: "x" })));
    const [mine, theirs] = people as [(typeof people)[0], (typeof people)[0]];
    const byHand = await enrolStudent(db, admin, { userId: mine.id, batchId: autumn.id });
    if (!byHand.ok) throw new Error(byHand.message);
    await apply(await dryRun(`email,name\n${theirs.email},${theirs.name}`, autumn.id));
    const [pupil] = await db.select().from(student).where(eq(student.userId, theirs.id));
    expect(await state(pupil?.id ?? 0)).toEqual(await state(byHand.data.studentId));
    expect((await db.select().from(user).where(eq(user.id, theirs.id)))[0]?.role).toBe("student");
  });

  it("take no place that there is not", async () => {
    await db.execute(sql`update batch set capacity = 2 where id = ${autumn.id}`);
    await createStudent(db, { batchId: autumn.id });
    const list = ["a", "b", "c"].map((each) => `full-${each}@x.test,${each},Autumn twins`);
    const shown = await dryRun(`email,name,batch\n${list.join("\n")}`);
    expect(shown.judged.map(({ kind }) => kind)).toEqual(["new", "error", "error"]);
  });
});
