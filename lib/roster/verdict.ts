import { type EnrolmentStep, enrolmentStep, LEFT } from "./enrol";
import { standing } from "./enrolment-plan";
import type { RosterFacts, StoredBatch, StoredPerson } from "./facts";
import { quoted, type RosterRow, unknownZone } from "./row";
import type { Change, Verdict } from "./verdict-kinds";

/** A verdict with what is to be written for it. */
export type Judged = Verdict & {
  account: AccountPlan | null;
  enrolment: EnrolmentStep | null;
  /** Is to take part, has not accepted yet, and has no invitation that could be. */
  invitable: boolean;
  source: RosterRow;
};

/** `userId` and `studentId` are null for whoever is still to be made. */
export type AccountPlan = {
  userId: number | null;
  studentId: number | null;
  email: string;
  name: string;
  phone: string | null;
  timeZone: string | null;
};

type Options = { /** Where new people go for whom the file names no batch. */ batchId: number | null };

const STAFF = { admin: "an admin", instructor: "an instructor" };

/** The verdict on every row, in the order of the file. Pure: the same rows and facts give the same verdicts. */
export function judge(rows: RosterRow[], facts: RosterFacts, { batchId }: Options): Judged[] {
  const people = new Map(facts.people.map((person) => [person.email, person]));
  const batches = new Map(facts.batches.map((batch) => [batch.id, batch]));
  const zones = new Set(facts.unknownZones);
  const byName = batchesByName(facts.batches);
  const usual = batchId === null ? null : (batches.get(batchId) ?? null);
  const places = new Map(facts.batches.map(({ id, places }) => [id, places]));
  const firstWith = new Map<string, number>();

  return rows.map((row) => {
    const { email, name } = row;
    const refused = (...faults: string[]): Judged => ({
      ...{ row: row.row, kind: "error", email, name, changes: [], faults },
      ...{ account: null, enrolment: null, invitable: false, source: row },
    });
    const earlier = email === "" ? undefined : firstWith.get(email);
    if (email !== "" && earlier === undefined) firstWith.set(email, row.row);
    if (earlier !== undefined)
      return refused(`The same e-mail address stands in row ${earlier} already.`, ...row.faults);
    if (row.faults.length > 0) return refused(...row.faults);

    const person = people.get(email) ?? null;
    const faults = person ? personFaults(person) : [];
    if (row.timeZone && zones.has(row.timeZone)) faults.push(unknownZone(row.timeZone));
    const named = row.batch === "" ? null : findBatch(byName, row.batch);
    if (typeof named === "string") faults.push(named);
    const begins = !person || person.role === "user";
    const batch = typeof named === "string" ? null : (named ?? (begins ? usual : null));
    if (begins && row.batch === "" && !batch) faults.push("There is no batch, and new people need one.");
    if (faults.length > 0) return refused(...faults);

    const accepted = person?.hasPassword ?? false;
    const outcome = enrolmentStep(
      person?.enrolments ?? [],
      { batch, status: row.status, startDate: row.startDate },
      accepted,
      batches,
    );
    if ("fault" in outcome) return refused(outcome.fault);
    const { step } = outcome;
    if (step?.seatIn) {
      const left = places.get(step.seatIn);
      if (left === 0) return refused(`${step.after.batch} is full: all of its places are taken.`);
      if (typeof left === "number") places.set(step.seatIn, left - 1);
    }
    const changes = [...accountChanges(row, person), ...(step ? enrolmentChanges(step) : [])];
    const stands = step?.after.status ?? standing(person?.enrolments ?? [], batches).current?.status;
    const kind = !person ? "new" : changes.length > 0 ? "changed" : "same";
    return {
      ...{ row: row.row, kind, email, name: row.name, changes, faults: [], source: row, enrolment: step },
      invitable: !accepted && !person?.hasInvitation && stands !== undefined && !LEFT.includes(stands),
      account: {
        userId: person?.id ?? null,
        studentId: person?.studentId ?? null,
        email,
        name: row.name,
        phone: row.phone ?? person?.phone ?? null,
        timeZone: row.timeZone ?? person?.timeZone ?? null,
      },
    };
  });
}

const personFaults = ({ role, disabled }: StoredPerson): string[] => [
  ...(role === "admin" || role === "instructor"
    ? [`This address belongs to ${STAFF[role]}: accounts of staff are not touched by an import.`]
    : []),
  ...(disabled ? ["This account is disabled: enable it first."] : []),
];

const fold = (name: string) => name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();

function batchesByName(batches: StoredBatch[]): Map<string, StoredBatch[]> {
  const found = new Map<string, StoredBatch[]>();
  for (const batch of batches) found.set(fold(batch.name), [...(found.get(fold(batch.name)) ?? []), batch]);
  return found;
}

/** The batch of that name, whatever the case; archived ones only when there is no other. A sentence when it is unclear. */
function findBatch(byName: Map<string, StoredBatch[]>, name: string): StoredBatch | string {
  const all = byName.get(fold(name)) ?? [];
  const usable = all.filter((batch) => !batch.archived);
  const [first, ...others] = usable.length > 0 ? usable : all;
  if (!first) return `There is no batch called ${quoted(name)}.`;
  return others.length > 0 ? `There are ${others.length + 1} batches called ${quoted(name)}.` : first;
}

function accountChanges(row: RosterRow, person: StoredPerson | null): Change[] {
  const changes: Change[] = [];
  const compare = (field: "name" | "phone" | "timeZone", next: string | null) => {
    const old = person?.[field] ?? null;
    if (next !== null && next !== old) changes.push({ field, old, new: next });
  };
  if (person) compare("name", row.name);
  compare("phone", row.phone);
  compare("timeZone", row.timeZone);
  if (person?.role === "user") changes.push({ field: "role", old: "user", new: "student" });
  return changes;
}

function enrolmentChanges({ before, after }: EnrolmentStep): Change[] {
  const changes: Change[] = [];
  if (before?.batch !== after.batch) changes.push({ field: "batch", old: before?.batch ?? null, new: after.batch });
  if (before?.status !== after.status)
    changes.push({ field: "status", old: before?.status ?? null, new: after.status });
  return [...changes, { field: "from", old: null, new: after.from }];
}
