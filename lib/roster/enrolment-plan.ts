import type { EnrolmentStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { StoredBatch, StoredEnrolment } from "./facts";

/** What is written so that from a day on a student is in a batch with a status. */
export type EnrolmentWrites = {
  deletes: number[];
  updates: { id: number; batchId: number; status: EnrolmentStatus; to: DateString | null }[];
  insert: { batchId: number; status: EnrolmentStatus; from: DateString; to: DateString | null } | null;
  version: number;
};

type Next = {
  batchId: number;
  status: EnrolmentStatus;
  from: DateString;
  to: DateString | null;
  /** What was planned and falls away. */
  replaced: StoredEnrolment[];
};

export const rowOn = (rows: StoredEnrolment[], date: DateString): StoredEnrolment | null =>
  rows.find((row) => row.from <= date && (row.to === null || row.to > date)) ?? null;

/**
 * The same rules as `writeFrom` of db/mutations/enrolment-rows, as a plan, so that thousands are written at once: the
 * periods touch; a change on the very day on which a row began changes that row, and one that only takes another back
 * lets the row before go on. The version counts up over all rows of a student.
 */
export function planFrom(rows: StoredEnrolment[], next: Next): EnrolmentWrites {
  const { batchId, status, from, to, replaced } = next;
  const version = Math.max(0, ...rows.map((row) => row.version)) + 1;
  const staying = rows.filter((row) => !replaced.includes(row));
  const held = rowOn(staying, from);
  const deletes = replaced.map((row) => row.id);
  const before = staying.find((row) => row.to === from && row.batchId === batchId && row.status === status);
  const beganThen = held?.from === from;
  if (before && held && beganThen) deletes.push(held.id);
  if (before) return { deletes, updates: [{ id: before.id, batchId, status, to }], insert: null, version };
  if (held && beganThen) return { deletes, updates: [{ id: held.id, batchId, status, to }], insert: null, version };
  return {
    deletes,
    updates: held ? [{ id: held.id, batchId: held.batchId, status: held.status, to: from }] : [],
    insert: { batchId, status, from, to },
    version,
  };
}

/** A student's enrolments as they stand today, each by its own batch's clock. */
export function standing(rows: StoredEnrolment[], batches: ReadonlyMap<number, StoredBatch>) {
  const todayIn = (row: StoredEnrolment): DateString => batches.get(row.batchId)?.today ?? "";
  const hasBegun = (row: StoredEnrolment) => row.from <= todayIn(row);
  const isOver = (row: StoredEnrolment) => row.to !== null && row.to <= todayIn(row);
  const lastBegun = rows.findLast(hasBegun) ?? null;
  const shown = lastBegun ?? rows[0] ?? null;
  return { hasBegun, isOver, lastBegun, shown, current: shown && !isOver(shown) ? shown : null };
}
