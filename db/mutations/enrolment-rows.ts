import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EnrolmentStatus } from "@/db/enums";
import { assignment, batch, batchInstructor, enrolment, project, student } from "@/db/schema";
import { type DateString, localDate } from "@/lib/dates";
import { failure, ok } from "@/lib/errors";
import { lockUser } from "./user-lock";

/** Those who take one of a batch's places. */
const SEATED: EnrolmentStatus[] = ["invited", "active", "paused"];

/** An enrolment with its batch's name and zone. */
export type EnrolmentRow = {
  id: number;
  batchId: number;
  batchName: string;
  timeZone: string;
  status: EnrolmentStatus;
  fromDate: DateString;
  toDate: DateString | null;
  version: number;
};

const listEnrolments = (tx: Db, studentId: number) =>
  tx
    .select({
      id: enrolment.id,
      batchId: enrolment.batchId,
      batchName: batch.name,
      timeZone: batch.timeZone,
      status: enrolment.status,
      fromDate: enrolment.fromDate,
      toDate: enrolment.toDate,
      version: enrolment.version,
    })
    .from(enrolment)
    .innerJoin(batch, eq(batch.id, enrolment.batchId))
    .where(eq(enrolment.studentId, studentId))
    .orderBy(asc(enrolment.fromDate));

export const hasBegun = (row: EnrolmentRow, now: Date): boolean => row.fromDate <= localDate(now, row.timeZone);

/** The enrolment that lists show (`shownEnrolment`): the last to have begun, else the first to come. */
export const shownRow = (rows: EnrolmentRow[], now: Date): EnrolmentRow | null =>
  rows.findLast((row) => hasBegun(row, now)) ?? rows[0] ?? null;

export const isOver = (row: EnrolmentRow, now: Date): boolean =>
  row.toDate !== null && row.toDate <= localDate(now, row.timeZone);

/** The enrolment that holds on a day. */
export const rowOn = (rows: EnrolmentRow[], date: DateString): EnrolmentRow | null =>
  rows.find((row) => row.fromDate <= date && (row.toDate === null || row.toDate > date)) ?? null;

/**
 * A student with all enrolments, locked in the order that every change keeps to: user, student, enrolments; a batch
 * with limited places comes after them. `seen` is what the enrolments were before the wait for the locks.
 */
export async function lockStudent(tx: Db, studentId: number) {
  const [found] = await tx.select({ userId: student.userId }).from(student).where(eq(student.id, studentId));
  if (!found) return null;
  const seen = await listEnrolments(tx, studentId);
  const person = await lockUser(tx, found.userId);
  // Their account was deleted: what is kept of them stays as it is.
  if (!person) return null;
  await tx.select({ id: student.id }).from(student).where(eq(student.id, studentId)).for("no key update");
  await tx
    .select({ id: enrolment.id })
    .from(enrolment)
    .where(eq(enrolment.studentId, studentId))
    .orderBy(enrolment.id)
    .for("no key update");
  return { studentId, name: person.name, seen, rows: await listEnrolments(tx, studentId) };
}

export type LockedStudent = NonNullable<Awaited<ReturnType<typeof lockStudent>>>;

/** Who teaches a batch, as permissions ask for it. */
export async function teachersOf(tx: Db, batchId: number): Promise<{ instructorIds: number[] }> {
  const rows = await tx
    .select({ id: batchInstructor.userId })
    .from(batchInstructor)
    .where(eq(batchInstructor.batchId, batchId));
  return { instructorIds: rows.map(({ id }) => id) };
}

/** The batch, when somebody can be enrolled in it at all. */
export async function openBatch(tx: Db, batchId: number) {
  const [found] = await tx
    .select({
      id: batch.id,
      name: batch.name,
      timeZone: batch.timeZone,
      startDate: batch.startDate,
      capacity: batch.capacity,
      archivedAt: batch.archivedAt,
    })
    .from(batch)
    .where(eq(batch.id, batchId));
  const refused = (message: string) => failure("invalid", message, { fields: { batchId: message } });
  if (!found) return refused("There is no such batch: please choose one.");
  if (found.archivedAt) return refused(`${found.name} is archived: nobody joins it any more.`);
  return ok(found);
}

/** The refusal when no place of the batch is left from `from` on; counted under a lock, so that nobody gets it twice. */
export async function refuseWhenFull(tx: Db, batchId: number, studentId: number, from: DateString) {
  const [limit] = await tx.select({ capacity: batch.capacity }).from(batch).where(eq(batch.id, batchId));
  // Without a limit nobody need wait for anybody.
  if (!limit?.capacity) return null;
  const [locked] = await tx
    .select({ name: batch.name, capacity: batch.capacity })
    .from(batch)
    .where(eq(batch.id, batchId))
    .for("no key update");
  if (!locked?.capacity) return null;
  const [seated] = await tx
    .select({ taken: sql<number>`count(distinct ${enrolment.studentId})::int` })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.batchId, batchId),
        ne(enrolment.studentId, studentId),
        inArray(enrolment.status, SEATED),
        or(isNull(enrolment.toDate), gt(enrolment.toDate, from)),
      ),
    );
  if ((seated?.taken ?? 0) < locked.capacity) return null;
  const places = locked.capacity === 1 ? "its only place is" : `all of its ${locked.capacity} places are`;
  const message = `${locked.name} is full: ${places} taken.`;
  return failure("conflict", message, { fields: { batchId: message } });
}

type Next = {
  batchId: number;
  status: EnrolmentStatus;
  from: DateString;
  to: DateString | null;
  /** What was planned and falls away. */
  replaced: EnrolmentRow[];
};

/**
 * Writes down that from `next.from` on the student is in this batch with this status. The periods touch; a change on the
 * very day on which a row began changes that row, and one that only takes another back lets the row before go on. The
 * version counts up over all rows of a student, so that whoever saw an older one is told.
 */
export async function writeFrom(tx: Db, studentId: number, rows: EnrolmentRow[], next: Next): Promise<void> {
  const version = Math.max(0, ...rows.map((row) => row.version)) + 1;
  const staying = rows.filter((row) => !next.replaced.includes(row));
  const held = rowOn(staying, next.from);
  const dropped = next.replaced.map((row) => row.id);
  const before = staying.find(
    (row) => row.toDate === next.from && row.batchId === next.batchId && row.status === next.status,
  );
  const beganThen = held?.fromDate === next.from;
  if (before && held && beganThen) dropped.push(held.id);
  if (dropped.length > 0) await tx.delete(enrolment).where(inArray(enrolment.id, dropped));

  const set = (id: number, values: Partial<typeof enrolment.$inferInsert>) =>
    tx
      .update(enrolment)
      .set({ ...values, version })
      .where(eq(enrolment.id, id));
  const { batchId, status, to: toDate } = next;
  if (before) return void (await set(before.id, { toDate }));
  if (held && beganThen) return void (await set(held.id, { batchId, status, toDate }));
  if (held) await set(held.id, { toDate: next.from });
  await tx.insert(enrolment).values({ studentId, batchId, status, fromDate: next.from, toDate, version });
}

/** Ends the open assignment in a project of another batch than `batchId` (of any, when null); says which it was. */
export async function endAssignment(
  tx: Db,
  studentId: number,
  status: "dropped" | "completed",
  batchId: number | null,
): Promise<string | null> {
  const [open] = await tx
    .select({ id: assignment.id, projectName: project.name, status: assignment.status })
    .from(assignment)
    .innerJoin(project, eq(project.id, assignment.projectId))
    .where(
      and(
        eq(assignment.studentId, studentId),
        inArray(assignment.status, ["assigned", "active"]),
        batchId === null ? undefined : ne(project.batchId, batchId),
      ),
    )
    .for("no key update", { of: assignment });
  if (!open) return null;
  // What was never begun cannot have been completed.
  const next = open.status === "assigned" ? "dropped" : status;
  await tx
    .update(assignment)
    .set({ status: next, version: sql`${assignment.version} + 1` })
    .where(eq(assignment.id, open.id));
  return open.projectName;
}
