import { describe, expect, it } from "vitest";
import type { RosterFacts, StoredBatch, StoredEnrolment, StoredPerson } from "./facts";
import type { RosterRow } from "./row";
import { judge } from "./verdict";

const TODAY = "2026-06-10";

const batch = (id: number, name: string, more: Partial<StoredBatch> = {}): StoredBatch => ({
  ...{ id, name, archived: false, startDate: "2026-01-05", endDate: "2026-12-18", today: TODAY, places: null },
  ...more,
});
const enrolment = (more: Partial<StoredEnrolment> = {}): StoredEnrolment => ({
  ...{ id: 70, batchId: 1, status: "active", from: "2026-01-05", to: null, version: 3 },
  ...more,
});
const person = (more: Partial<StoredPerson> = {}): StoredPerson => ({
  ...{ id: 9, email: "ada@x.test", name: "Ada", phone: null, timeZone: null, role: "student", disabled: false },
  ...{ hasPassword: true, hasInvitation: false, studentId: 5, enrolments: [enrolment()] },
  ...more,
});
const row = (more: Partial<RosterRow> = {}): RosterRow => ({
  ...{ row: 2, email: "ada@x.test", name: "Ada", batch: "", status: null, startDate: null, phone: null },
  ...{ timeZone: null, faults: [], cells: [] },
  ...more,
});
const BATCHES = [
  batch(1, "Spring"),
  batch(2, "Autumn", { startDate: "2026-09-01" }),
  batch(3, "Old", { archived: true }),
  batch(4, "Past", { endDate: "2026-05-01" }),
  batch(5, "Twin"),
  batch(6, "twin"),
];
const facts = (more: Partial<RosterFacts> = {}): RosterFacts => ({
  ...{ people: [person()], batches: BATCHES, unknownZones: [] },
  ...more,
});

const verdicts = (rows: RosterRow[], known: RosterFacts, batchId: number | null = null) =>
  judge(rows, known, { batchId });
function only(of: RosterRow, known: RosterFacts = facts(), batchId: number | null = null) {
  const [first] = verdicts([of], known, batchId);
  if (!first) throw new Error("no verdict");
  return first;
}
const nobody = facts({ people: [] });

describe("somebody new", () => {
  it("is invited to the batch from today, or from when it begins", () => {
    const now = only(row({ batch: " spring ", phone: "1" }), nobody);
    expect(now).toMatchObject({ kind: "new", enrolment: { action: "student.enrol", seatIn: 1 } });
    expect(now.changes).toEqual([
      { field: "phone", old: null, new: "1" },
      { field: "batch", old: null, new: "Spring" },
      { field: "status", old: null, new: "invited" },
      { field: "from", old: null, new: TODAY },
    ]);
    expect(only(row({ batch: "Autumn" }), nobody).enrolment?.after.from).toBe("2026-09-01");
    expect(only(row({ batch: "Spring", startDate: "2026-02-02" }), nobody).enrolment?.after.from).toBe("2026-02-02");
  });

  it("is never active before accepting, but may be paused", () => {
    expect(only(row({ batch: "Spring", status: "active" }), nobody).enrolment?.after.status).toBe("invited");
    expect(only(row({ batch: "Spring", status: "paused" }), nobody).enrolment?.after.status).toBe("paused");
  });

  it("needs a batch: the one of the row, else the one that was chosen for all", () => {
    expect(only(row(), nobody).faults).toEqual(["There is no batch, and new people need one."]);
    expect(only(row(), nobody, 2).enrolment?.after.batch).toBe("Autumn");
    expect(only(row({ batch: "Spring" }), nobody, 2).enrolment?.after.batch).toBe("Spring");
  });

  it.each([
    ["Sprung", /no batch called “Sprung”/],
    ["Old", /archived/],
    ["Past", /ended on 2026-05-01/],
    ["TWIN", /There are 2 batches called/],
  ])("is refused for the batch %s", (name, reason) => {
    expect(only(row({ batch: name }), nobody).faults.join()).toMatch(reason);
  });

  it("gets a place only while there is one", () => {
    const small = facts({ people: [], batches: [batch(1, "Spring", { places: 1 })] });
    const found = verdicts(
      [row({ email: "a@x.test", batch: "Spring" }), row({ row: 3, email: "b@x.test", batch: "Spring" })],
      small,
    );
    expect(found.map(({ kind }) => kind)).toEqual(["new", "error"]);
    expect(found[1]?.faults).toEqual(["Spring is full: all of its places are taken."]);
  });
});

describe("somebody who is here", () => {
  it("stays the same when the row says nothing else", () => {
    expect(only(row())).toMatchObject({ kind: "same", changes: [], enrolment: null });
    expect(only(row({ batch: "SPRING", status: "active", startDate: "2026-03-03" })).kind).toBe("same");
  });

  it("changes in what the row says, old and new", () => {
    const before = person({ phone: "1", timeZone: "Asia/Tokyo" });
    expect(only(row({ name: "Ada B", phone: "2" }), facts({ people: [before] }))).toMatchObject({
      kind: "changed",
      changes: [
        { field: "name", old: "Ada", new: "Ada B" },
        { field: "phone", old: "1", new: "2" },
      ],
      account: { timeZone: "Asia/Tokyo" },
    });
  });

  it("moves from today: one enrolment is closed, the other opened", () => {
    expect(only(row({ batch: "Autumn" })).enrolment).toEqual({
      action: "student.move",
      before: { batch: "Spring", status: "active", from: "2026-01-05", to: null },
      after: { batch: "Autumn", status: "active", from: TODAY },
      writes: {
        deletes: [],
        updates: [{ id: 70, batchId: 1, status: "active", to: TODAY }],
        insert: { batchId: 2, status: "active", from: TODAY, to: null },
        version: 4,
      },
      replacedPlans: [],
      endsWork: { status: "dropped", keepBatchId: 2 },
      seatIn: 2,
    });
  });

  it("moves on the day that the row says, but not before the enrolment that is", () => {
    expect(only(row({ batch: "Autumn", startDate: "2026-10-01" })).enrolment?.writes).toMatchObject({
      updates: [{ to: "2026-10-01" }],
      insert: { from: "2026-10-01" },
    });
    expect(only(row({ batch: "Autumn", startDate: "2026-01-04" })).faults.join()).toMatch(/began on 2026-01-05/);
  });

  it("who is to move there later is not moved again", () => {
    const planned = person({
      enrolments: [enrolment({ to: "2026-10-01" }), enrolment({ id: 71, batchId: 2, from: "2026-10-01" })],
    });
    expect(only(row({ batch: "Autumn" }), facts({ people: [planned] })).kind).toBe("same");
    expect(only(row({ batch: "Spring" }), facts({ people: [planned] })).kind).toBe("same");
  });

  it("gets another status from today", () => {
    expect(only(row({ status: "graduated" })).enrolment).toMatchObject({
      action: "student.change-status",
      writes: {
        updates: [{ id: 70, status: "active", to: TODAY }],
        insert: { batchId: 1, status: "graduated", from: TODAY, to: null },
      },
      endsWork: { status: "completed", keepBatchId: null },
    });
    const dropped = person({ enrolments: [enrolment({ status: "dropped" })] });
    expect(only(row({ status: "paused" }), facts({ people: [dropped] })).faults).toEqual([
      "Whoever is dropped cannot become paused.",
    ]);
  });

  it("who waits for the invitation is not made active by a file, and nobody is invited again", () => {
    const waiting = person({ hasPassword: false, enrolments: [enrolment({ status: "invited" })] });
    expect(only(row({ status: "active" }), facts({ people: [waiting] })).kind).toBe("same");
    expect(only(row({ status: "invited" })).kind).toBe("same");
  });

  it("can be invited when they take part, have not accepted, and have no invitation under way", () => {
    const waiting = { hasPassword: false, enrolments: [enrolment({ status: "invited" as const })] };
    const invitable = (more: Partial<StoredPerson>) => only(row(), facts({ people: [person(more)] })).invitable;
    expect(only(row({ batch: "Spring" }), nobody).invitable).toBe(true);
    expect(only(row({ batch: "Spring", status: "dropped" }), nobody).invitable).toBe(false);
    expect(invitable(waiting)).toBe(true);
    expect(invitable({ ...waiting, hasInvitation: true })).toBe(false);
    expect(invitable({ ...waiting, enrolments: [enrolment({ status: "dropped" })] })).toBe(false);
    expect(invitable({})).toBe(false);
    expect(invitable({ ...waiting, disabled: true })).toBe(false);
  });

  it("who has left a batch is not brought back by a list that still has them", () => {
    const left = person({ enrolments: [enrolment({ to: "2026-03-01" })] });
    expect(only(row({ batch: "Spring" }), facts({ people: [left] })).kind).toBe("same");
    expect(only(row({ batch: "Spring", status: "active" }), facts({ people: [left] })).enrolment).toMatchObject({
      action: "student.enrol",
      writes: { insert: { from: TODAY, status: "active" } },
    });
  });

  it("who waits without a role becomes a student of the batch, active at once", () => {
    const waiting = person({ role: "user", studentId: null, enrolments: [] });
    const found = only(row(), facts({ people: [waiting] }), 1);
    expect(found.kind).toBe("changed");
    expect(found.changes).toContainEqual({ field: "role", old: "user", new: "student" });
    expect(found.changes).toContainEqual({ field: "status", old: null, new: "active" });
  });

  it.each([
    [{ role: "instructor" }, /belongs to an instructor/],
    [{ role: "admin" }, /belongs to an admin/],
    [{ disabled: true }, /disabled/],
  ] as const)("is not touched when %o", (more, reason) => {
    const found = only(row({ name: "Other" }), facts({ people: [person(more)] }));
    expect(found).toMatchObject({ kind: "error", account: null, enrolment: null });
    expect(found.faults.join()).toMatch(reason);
  });
});

describe("rows of one file", () => {
  it("with one address are judged once; the first counts, even when it is wrong", () => {
    const found = verdicts([row({ faults: ["Bad."] }), row({ row: 5, name: "Ada B" }), row({ row: 6 })], facts());
    expect(found.map(({ kind }) => kind)).toEqual(["error", "error", "error"]);
    expect(found[1]?.faults).toEqual(["The same e-mail address stands in row 2 already."]);
  });

  it("with a zone that the database does not know are refused", () => {
    const found = only(row({ timeZone: "Mars/Base" }), facts({ unknownZones: ["Mars/Base"] }));
    expect(found.faults.join()).toMatch(/“Mars\/Base” is not known/);
  });
});
