import { eq } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { type EnrolmentStatus, statusesAfter } from "@/db/enums";
import { getLastEditor } from "@/db/queries/last-editor";
import { student } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type DateString, isDate, later, localDate } from "@/lib/dates";
import { type ActionResult, editedMeanwhile, failure, ok, violatedConstraint } from "@/lib/errors";
import { recordAudit } from "./audit";
import {
  type EnrolmentRow,
  endAssignment,
  hasBegun,
  isOver,
  type LockedStudent,
  lockStudent,
  openBatch,
  refuseWhenFull,
  rowOn,
  shownRow,
  teachersOf,
  writeFrom,
} from "./enrolment-rows";
import { settlePlacesOf } from "./signup-settle";
import { lockUser, noSuchUser } from "./user-lock";

const notFound = () => failure("not_found", "There is no such student.");

/** Who is enrolled nowhere is taught by nobody. */
const NOBODY = { instructorIds: [] };

/** The exclusion constraint stands behind the locks: whatever still gets past them is told, not thrown. */
async function oneAtATime<T>(run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) !== "enrolment_one_at_a_time") throw error;
    return failure("conflict", "This enrolment was changed at the same moment. Please look again.");
  }
}

/**
 * The answer for whoever decided on what is no longer so: another version than the one in their form, or, without a
 * form, another than when this change began to wait for its turn.
 */
async function refuseWhenChanged(tx: Db, found: LockedStudent, version: number | undefined, now: Date) {
  const current = shownRow(found.rows, now);
  const expected = version ?? shownRow(found.seen, now)?.version;
  if (current?.version === expected) return null;
  const by = await getLastEditor(tx, "student", found.studentId);
  const place = current ? `${current.status} in ${current.batchName}` : "not enrolled";
  return {
    ...editedMeanwhile({ version: current?.version ?? 0, by, values: current ? { status: current.status } : {} }),
    message: `${by ?? "Somebody else"} changed this meanwhile: ${found.name} is ${place}.`,
  };
}

/** The answer to a day that is none, or that would rewrite what has been. */
function refuseDay(from: DateString, rows: EnrolmentRow[], now: Date) {
  const refused = (message: string) => failure("invalid", message, { fields: { from: message } });
  if (!isDate(from)) return refused("Choose a day.");
  const last = rows.findLast((row) => hasBegun(row, now));
  return last && from < last.fromDate
    ? refused(`The enrolment in ${last.batchName} began on ${last.fromDate}: choose that day or a later one.`)
    : null;
}

const factsOf = (row: EnrolmentRow | null) =>
  row ? { batch: row.batchName, status: row.status, from: row.fromDate, to: row.toDate } : {};

const plansAfter = (rows: EnrolmentRow[], from: DateString) => rows.filter((row) => row.fromDate > from);

const inWords = (plans: EnrolmentRow[]) =>
  plans.length > 0 ? { replacedPlans: plans.map((row) => `${row.batchName} from ${row.fromDate}`) } : {};

/** Whoever was through with a batch begins anew in the next; everybody else goes on as they were. */
const statusAfterMove = (held: EnrolmentRow | null): EnrolmentStatus =>
  !held || held.status === "dropped" || held.status === "graduated" ? "active" : held.status;

type Move = { studentId: number; batchId: number; from?: DateString | undefined; version?: number | undefined };

/**
 * Puts a student into another batch from a day on, by default today in that batch's zone (for somebody who is not
 * enrolled now: not before the batch begins). Replaces what was planned after that day. An open assignment in a project
 * of the old batch becomes dropped, unless the move is still to come. Needs `student.edit` for both batches; who is
 * enrolled nowhere is an admin's to enrol.
 */
export const moveStudent = (db: Db, actor: Actor, input: Move): Promise<ActionResult> =>
  oneAtATime(() =>
    db.transaction(async (tx) => {
      const now = new Date();
      const moved = await move(tx, actor, input, now);
      if (moved.ok) await settlePlacesOf(tx, actor, [input.studentId], now);
      return moved;
    }),
  );

/** The same for one of many in a larger transaction, which sees to the places in demo sessions of all of them at once. */
export const moveOneOfMany = (tx: Db, actor: Actor, input: Move): Promise<ActionResult> =>
  oneAtATime(() => tx.transaction((inner) => move(inner, actor, input, new Date())));

async function move(tx: Db, actor: Actor, input: Move, now: Date): Promise<ActionResult> {
  const found = await lockStudent(tx, input.studentId);
  if (!found) return notFound();
  const { rows, name } = found;
  const shown = shownRow(rows, now);
  const current = shown && !isOver(shown, now) ? shown : null;
  if (!can(actor, "student.edit", current ? await teachersOf(tx, current.batchId) : NOBODY)) {
    return failure("forbidden", `Only admins and the instructors of the batch move ${name}.`);
  }
  const target = await openBatch(tx, input.batchId);
  if (!target.ok) return target;
  const { id: batchId, timeZone, startDate } = target.data;
  if (!can(actor, "student.edit", await teachersOf(tx, batchId))) {
    const message = `${target.data.name} is taught by others: an admin moves people there.`;
    return failure("forbidden", message, { fields: { batchId: message } });
  }
  const changed = await refuseWhenChanged(tx, found, input.version, now);
  if (changed) return changed;

  const today = localDate(now, timeZone);
  const usual = current && hasBegun(current, now) ? later(today, current.fromDate) : later(today, startDate);
  const from = input.from ?? usual;
  const refusedDay = refuseDay(from, rows, now);
  if (refusedDay) return refusedDay;
  const held = rowOn(rows, from);
  if (held?.batchId === batchId) {
    const message = `${name} is in ${target.data.name} already.`;
    return failure("conflict", message, { fields: { batchId: message } });
  }
  const full = await refuseWhenFull(tx, batchId, input.studentId, from);
  if (full) return full;

  const status = statusAfterMove(held ?? current);
  // Who has not begun anywhere goes to the new batch alone, also when that one begins later than the old.
  const waiting = current !== null && !hasBegun(current, now);
  const replaced = rows.filter((row) => row.fromDate > from || (waiting && !hasBegun(row, now)));
  await writeFrom(tx, input.studentId, rows, { batchId, status, from, to: null, replaced });
  const droppedProject = from <= today ? await endAssignment(tx, input.studentId, "dropped", batchId) : null;
  await recordAudit(tx, actor, {
    action: "student.move",
    subjectType: "student",
    subjectId: input.studentId,
    label: name,
    before: factsOf(held ?? current),
    after: {
      batch: target.data.name,
      status,
      from,
      ...(droppedProject ? { droppedProject } : {}),
      ...inWords(replaced),
    },
  });
  return ok();
}

/**
 * Gives the enrolment another status from a day on, by default today in its batch's zone; on the day on which it began,
 * it changes that row. Which status may follow which: `statusesAfter`. Dropping out ends what was planned and the open
 * assignment; graduating completes it.
 */
export const changeEnrolmentStatus = (
  db: Db,
  actor: Actor,
  input: {
    studentId: number;
    status: EnrolmentStatus;
    from?: DateString | undefined;
    reason?: string | undefined;
    version?: number | undefined;
  },
): Promise<ActionResult> =>
  oneAtATime(() =>
    db.transaction(async (tx) => {
      const now = new Date();
      const { studentId, status } = input;
      const found = await lockStudent(tx, studentId);
      if (!found) return notFound();
      const { rows, name } = found;
      const shown = shownRow(rows, now);
      const current = shown && !isOver(shown, now) ? shown : null;
      if (!can(actor, "student.edit", current ? await teachersOf(tx, current.batchId) : NOBODY)) {
        return failure("forbidden", `Only admins and the instructors of the batch change the status of ${name}.`);
      }
      const changed = await refuseWhenChanged(tx, found, input.version, now);
      if (changed) return changed;
      if (!current) {
        return failure("conflict", `${name} is not enrolled now: move them into a batch instead.`);
      }

      const today = localDate(now, current.timeZone);
      const from = input.from ?? later(today, current.fromDate);
      const refusedDay = refuseDay(from, rows, now);
      if (refusedDay) return refusedDay;
      const held = rowOn(rows, from);
      if (held?.batchId !== current.batchId) {
        const message = `${name} is not in ${current.batchName} on that day.`;
        return failure("conflict", message, { fields: { from: message } });
      }
      if (!statusesAfter[held.status].includes(status)) {
        const message =
          held.status === status
            ? `${name} is ${status} already.`
            : `${name} is ${held.status}, and cannot become ${status}.`;
        return failure("conflict", message, { fields: { status: message } });
      }
      const leaves = status === "dropped" || status === "graduated";
      if (held.status === "dropped" || held.status === "graduated") {
        const full = await refuseWhenFull(tx, held.batchId, studentId, from);
        if (full) return full;
      }

      const replaced = status === "dropped" ? plansAfter(rows, from) : [];
      const nextPlan = status === "dropped" ? null : (plansAfter(rows, from)[0]?.fromDate ?? null);
      const to = leaves ? nextPlan : held.toDate;
      await writeFrom(tx, studentId, rows, { batchId: held.batchId, status, from, to, replaced });
      const project =
        leaves && from <= today
          ? await endAssignment(tx, studentId, status === "graduated" ? "completed" : "dropped", null)
          : null;
      await recordAudit(tx, actor, {
        action: "student.change-status",
        subjectType: "student",
        subjectId: studentId,
        label: name,
        before: factsOf(held),
        after: {
          batch: held.batchName,
          status,
          from,
          ...(input.reason ? { reason: input.reason } : {}),
          ...(project ? { endedProject: project } : {}),
          ...inWords(replaced),
        },
      });
      await settlePlacesOf(tx, actor, [studentId], now);
      return ok();
    }),
  );

/**
 * Enrols a user who is enrolled nowhere now, making their student row when there is none; the role is the caller's to
 * change. From today in the batch's zone, or from the day on which the batch begins when that is later. In a larger
 * transaction that has locked the user, the order of the locks stays as it should be.
 */
export const enrolStudent = (
  db: Database | Db,
  actor: Actor,
  input: { userId: number; batchId: number; status?: EnrolmentStatus | undefined; from?: DateString | undefined },
): Promise<ActionResult<{ studentId: number }>> =>
  oneAtATime(() =>
    db.transaction(async (tx) => {
      const now = new Date();
      const { userId, batchId, status = "active" } = input;
      if (!can(actor, "user.import")) return failure("forbidden", "Only admins enrol people.");
      if (!(await lockUser(tx, userId))) return noSuchUser();
      const target = await openBatch(tx, batchId);
      if (!target.ok) return target;
      await tx.insert(student).values({ userId }).onConflictDoNothing({ target: student.userId });
      const [row] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
      if (!row) throw new Error("inserting a student returned no row");
      const found = await lockStudent(tx, row.id);
      if (!found) throw new Error("a student whose user is locked went away");
      const { rows, name } = found;
      const shown = shownRow(rows, now);
      if (shown && !isOver(shown, now)) {
        const message = `${name} is enrolled in ${shown.batchName} already: move them instead.`;
        return failure("conflict", message, { fields: { batchId: message } });
      }
      const from = input.from ?? later(localDate(now, target.data.timeZone), target.data.startDate);
      const refusedDay = refuseDay(from, rows, now);
      if (refusedDay) return refusedDay;
      const full = await refuseWhenFull(tx, batchId, row.id, from);
      if (full) return full;
      await writeFrom(tx, row.id, rows, { batchId, status, from, to: null, replaced: plansAfter(rows, from) });
      await recordAudit(tx, actor, {
        action: "student.enrol",
        subjectType: "student",
        subjectId: row.id,
        label: name,
        before: factsOf(shown),
        after: { batch: target.data.name, status, from },
      });
      await settlePlacesOf(tx, actor, [row.id], now);
      return ok({ studentId: row.id });
    }),
  );
