import { asc, eq } from "drizzle-orm";
import { assignment, auditEvent, batchInstructor, enrolment, project } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, localDate } from "@/lib/dates";

/** For the tests of enrolments: batches far from UTC, and students who have been in them for long. */
export const SYSTEM: Actor = { type: "system", job: "test" };
const ZONE = "Pacific/Auckland";
export const TODAY = localDate(new Date(), ZONE);
export const daysAgo = (days: number) => addDays(TODAY, -days);
export const LONG_AGO = daysAgo(100);
export const ROUNDS = 12;

export const newBatch = (values: Parameters<typeof createBatch>[1] = {}) =>
  createBatch(testDb(), { timeZone: ZONE, startDate: daysAgo(120), endDate: addDays(TODAY, 120), ...values });

export const newStudent = async (batchId?: number, values: Parameters<typeof createStudent>[1] = {}) => {
  const made = await createStudent(testDb(), { ...(batchId ? { batchId } : {}), fromDate: LONG_AGO, ...values });
  return { userId: made.id, id: made.studentId, name: made.name };
};

export const rowsOf = (studentId: number) =>
  testDb()
    .select({
      batchId: enrolment.batchId,
      status: enrolment.status,
      from: enrolment.fromDate,
      to: enrolment.toDate,
    })
    .from(enrolment)
    .where(eq(enrolment.studentId, studentId))
    .orderBy(asc(enrolment.fromDate));

export const versionOf = async (studentId: number) => {
  const rows = await testDb().select().from(enrolment).where(eq(enrolment.studentId, studentId));
  return Math.max(...rows.map((row) => row.version));
};

export const eventsOf = (studentId: number) =>
  testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, studentId)).orderBy(asc(auditEvent.id));

export const newInstructor = async (...batchIds: number[]): Promise<Actor & { id: number; name: string }> => {
  const person = await createUser(testDb(), { role: "instructor" });
  if (batchIds.length > 0) {
    await testDb()
      .insert(batchInstructor)
      .values(batchIds.map((batchId) => ({ batchId, userId: person.id })));
  }
  return { type: "user", id: person.id, role: "instructor", name: person.name };
};

export const newProject = async (
  batchId: number,
  studentId: number,
  status: "assigned" | "active" | "completed" = "active",
) => {
  const [made] = await testDb()
    .insert(project)
    .values({ batchId, name: `Shop of ${batchId}`, startDate: LONG_AGO, status: "active" })
    .returning();
  if (!made) throw new Error("the insert returned no row");
  await testDb().insert(assignment).values({ studentId, projectId: made.id, status });
  return made;
};
export const assignmentStatusOf = async (projectId: number) =>
  (await testDb().select().from(assignment).where(eq(assignment.projectId, projectId)))[0]?.status;

/** Holds the lock of a student's user row until `waiting` others wait for it. */
export async function holdUserOf(studentId: number, waiting: number): Promise<() => Promise<void>> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const holding = testSql().begin(async (sql) => {
    await sql`select 1 from "user" where id = (select user_id from student where id = ${studentId}) for no key update`;
    begun();
    await held;
  });
  await started;
  return async () => {
    for (;;) {
      const [row] = await testSql()`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
      if ((row?.n ?? 0) >= waiting) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    release();
    await holding;
  };
}
