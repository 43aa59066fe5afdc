import { type EnrolmentStatus, statusesAfter } from "@/db/enums";
import { type DateString, later } from "@/lib/dates";
import { type EnrolmentWrites, planFrom, rowOn, standing } from "./enrolment-plan";
import type { StoredBatch, StoredEnrolment } from "./facts";

/** An enrolment in words, as the audit log shows it. */
export type EnrolmentWords = { batch: string; status: EnrolmentStatus; from: DateString };
type EndingWords = EnrolmentWords & { to: DateString | null };

export type EnrolmentStep = {
  action: "student.enrol" | "student.move" | "student.change-status";
  before: EndingWords | null;
  after: EnrolmentWords;
  writes: EnrolmentWrites;
  /** What was to come later and falls away, in words. */
  replacedPlans: string[];
  /** How an open assignment ends; in a project of `keepBatchId` it stays open. */
  endsWork: { status: "dropped" | "completed"; keepBatchId: number | null } | null;
  /** The batch in which it takes a place that the student did not have. */
  seatIn: number | null;
};

/** What the file wants of somebody; `batch` null where it names none. */
export type Wish = { batch: StoredBatch | null; status: EnrolmentStatus | null; startDate: DateString | null };

type Outcome = { step: EnrolmentStep | null } | { fault: string };

export const LEFT: readonly EnrolmentStatus[] = ["dropped", "graduated"];

/** A status for somebody who begins: nobody is active before accepting, and whoever has accepted is not invited. */
const beginning = (wanted: EnrolmentStatus, accepted: boolean): EnrolmentStatus =>
  wanted === "active" || wanted === "invited" ? (accepted ? "active" : "invited") : wanted;

/**
 * What an import does with somebody's enrolments, by the rules of db/mutations/enrolment. `accepted`: has chosen a
 * password. Asked again after it was done it answers that there is nothing to do.
 */
export function enrolmentStep(
  rows: StoredEnrolment[],
  wish: Wish,
  accepted: boolean,
  batches: ReadonlyMap<number, StoredBatch>,
): Outcome {
  const { current, isOver } = standing(rows, batches);
  if (!wish.batch) return current ? changeStatus(rows, current, wish, accepted, batches) : { step: null };
  const target = wish.batch;
  const inTarget = (row: StoredEnrolment) => row.batchId === target.id;
  const placed = current && inTarget(current) ? current : rows.find((row) => inTarget(row) && !isOver(row));
  if (placed) return changeStatus(rows, placed, wish, accepted, batches);
  const returns = wish.status !== null && !LEFT.includes(wish.status);
  // Whoever has been in that batch does not come back only because the file still has them in it.
  if (!current && !returns && rows.some(inTarget)) return { step: null };
  return enter(rows, target, wish, accepted, batches);
}

function enter(
  rows: StoredEnrolment[],
  target: StoredBatch,
  wish: Wish,
  accepted: boolean,
  batches: ReadonlyMap<number, StoredBatch>,
): Outcome {
  const { current, shown, lastBegun, hasBegun } = standing(rows, batches);
  if (target.archived) return { fault: `${target.name} is archived: nobody joins it any more.` };
  if (target.endDate < target.today)
    return { fault: `${target.name} ended on ${target.endDate}: nobody joins it any more.` };
  const usual =
    current && hasBegun(current) ? later(target.today, current.from) : later(target.today, target.startDate);
  const from = wish.startDate ?? usual;
  if (lastBegun && from < lastBegun.from) {
    const name = batches.get(lastBegun.batchId)?.name;
    return { fault: `The enrolment in ${name} began on ${lastBegun.from}: the start date is that day or a later one.` };
  }
  if (from > target.endDate) return { fault: `The start date ${from} is after the end of ${target.name}.` };
  const held = rowOn(rows, from) ?? current;
  const going = !held || LEFT.includes(held.status) ? "active" : held.status;
  const status = beginning(wish.status ?? going, accepted);
  // Who has not begun anywhere goes to the new batch alone, also when that one begins later than the old.
  const waiting = current !== null && !hasBegun(current);
  const replaced = rows.filter((row) => row.from > from || (waiting && !hasBegun(row)));
  const before = held ?? shown;
  return {
    step: {
      action: current ? "student.move" : "student.enrol",
      before: before && inWords(before, batches),
      after: { batch: target.name, status, from },
      writes: planFrom(rows, { batchId: target.id, status, from, to: null, replaced }),
      replacedPlans: current ? plansInWords(replaced, batches) : [],
      endsWork: current && from <= target.today ? { status: "dropped", keepBatchId: target.id } : null,
      seatIn: LEFT.includes(status) ? null : target.id,
    },
  };
}

function changeStatus(
  rows: StoredEnrolment[],
  placed: StoredEnrolment,
  { status }: Wish,
  accepted: boolean,
  batches: ReadonlyMap<number, StoredBatch>,
): Outcome {
  const was = placed.status;
  const waits = was === "invited" && status === "active" && !accepted;
  if (status === null || status === was || waits || (was === "active" && status === "invited")) return { step: null };
  const batch = batches.get(placed.batchId);
  if (!batch) throw new Error("an enrolment is in a batch that is not there");
  if (!statusesAfter[was].includes(status)) return { fault: `Whoever is ${was} cannot become ${status}.` };
  const from = later(batch.today, placed.from);
  const leaves = LEFT.includes(status);
  const plans = rows.filter((row) => row.from > from);
  const replaced = status === "dropped" ? plans : [];
  const nextPlan = status === "dropped" ? null : (plans[0]?.from ?? null);
  return {
    step: {
      action: "student.change-status",
      before: inWords(placed, batches),
      after: { batch: batch.name, status, from },
      writes: planFrom(rows, {
        batchId: placed.batchId,
        status,
        from,
        to: leaves ? nextPlan : placed.to,
        replaced,
      }),
      replacedPlans: plansInWords(replaced, batches),
      endsWork:
        leaves && from <= batch.today
          ? { status: status === "graduated" ? "completed" : "dropped", keepBatchId: null }
          : null,
      seatIn: LEFT.includes(was) && !leaves ? placed.batchId : null,
    },
  };
}

const plansInWords = (plans: StoredEnrolment[], batches: ReadonlyMap<number, StoredBatch>) =>
  plans.map((row) => `${batches.get(row.batchId)?.name} from ${row.from}`);

const inWords = (row: StoredEnrolment, batches: ReadonlyMap<number, StoredBatch>): EndingWords => ({
  batch: batches.get(row.batchId)?.name ?? "",
  status: row.status,
  from: row.from,
  to: row.to,
});
