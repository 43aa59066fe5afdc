import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { enrolmentStatuses, studentSortKeys } from "@/db/enums";
import { assignment, batchInstructor, certificate, demo, enrolment, project } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
import { countStudentsBy, listStudents, type StudentConditions } from "./student-list";

const NOW = new Date("2026-06-10T12:00:00Z");
const TODAY = "2026-06-10";
const TOMORROW = "2026-06-11";
const ADMIN = { id: 0, role: "admin" } as const;
type Filters = Partial<Parameters<typeof listStudents>[1]>;
const BASE = { q: "", sort: { key: "name", descending: false }, page: 1, size: 100 } as const;

const list = (tx: Db, filters: Filters = {}, looker: Parameters<typeof listStudents>[2] = ADMIN) =>
  listStudents(tx, { ...BASE, ...filters }, looker, NOW);
const names = async (tx: Db, filters: Filters = {}, looker?: Parameters<typeof listStudents>[2]) => {
  const { rows, total } = await list(tx, filters, looker);
  expect(total).toBe(rows.length);
  return rows.map((row) => row.name);
};
const counts = async (tx: Db, facet: Parameters<typeof countStudentsBy>[1], filters: Partial<StudentConditions> = {}) =>
  Object.fromEntries(
    (await countStudentsBy(tx, facet, { q: "", ...filters }, ADMIN, NOW)).map((f) => [f.value, f.count]),
  );

/** One student of every state, and one who moved today. */
async function everyState(tx: Db) {
  const [a, b] = [await createBatch(tx, { name: "A" }), await createBatch(tx, { name: "B" })];
  for (const status of enrolmentStatuses) await createStudent(tx, { name: status, batchId: a.id, status });
  await createStudent(tx, { name: "upcoming", batchId: a.id, fromDate: TOMORROW });
  await createStudent(tx, { name: "invited for later", batchId: a.id, status: "invited", fromDate: TOMORROW });
  await createStudent(tx, { name: "left", batchId: a.id, toDate: TODAY });
  await createStudent(tx, { name: "never enrolled" });
  await createStudent(tx, { name: "graduated long ago", batchId: a.id, status: "graduated", toDate: "2026-03-01" });
  const moved = await createStudent(tx, { name: "moved", batchId: a.id, toDate: TODAY });
  await tx.insert(enrolment).values({ studentId: moved.studentId, batchId: b.id, fromDate: TODAY });
  const again = await createStudent(tx, { name: "back again", batchId: b.id, status: "dropped", toDate: "2026-04-01" });
  await tx.insert(enrolment).values({ studentId: again.studentId, batchId: a.id, fromDate: "2026-05-01" });
  return { a, b };
}

describe("the students list", () => {
  it("begins with the active ones, and shows every other state when asked for it", () =>
    withRollback(testDb(), async (tx) => {
      const { a, b } = await everyState(tx);
      expect(await names(tx)).toEqual(["active", "back again", "moved"]);
      expect(await names(tx, { status: "active" })).toEqual(["active", "back again", "moved"]);
      expect(await names(tx, { status: "invited" })).toEqual(["invited", "invited for later"]);
      expect(await names(tx, { status: "paused" })).toEqual(["paused"]);
      expect(await names(tx, { status: "dropped" })).toEqual(["dropped"]);
      expect(await names(tx, { status: "graduated" })).toEqual(["graduated", "graduated long ago"]);
      expect(await names(tx, { status: "upcoming" })).toEqual(["upcoming"]);
      expect(await names(tx, { status: "left" })).toEqual(["left", "never enrolled"]);
      expect(await names(tx, { status: "all" })).toHaveLength(12);

      expect(await names(tx, { batch: a.id })).toEqual(["active", "back again"]);
      expect(await names(tx, { batch: b.id })).toEqual(["moved"]);
      expect(await names(tx, { batch: b.id, status: "all" })).toEqual(["moved"]);
      expect(await names(tx, { batch: a.id, status: "left" })).toEqual(["left"]);
      expect(await names(tx, { batch: a.id, status: "all" })).toHaveLength(10);
    }));

  it("says of every row the state by which it is found, and counts the same", () =>
    withRollback(testDb(), async (tx) => {
      await everyState(tx);
      const { rows } = await list(tx, { status: "all" });
      for (const row of rows) {
        expect(await names(tx, { status: row.state, q: row.name }), row.name).toContain(row.name);
      }
      expect(await counts(tx, "status")).toEqual({
        active: 3,
        invited: 2,
        paused: 1,
        dropped: 1,
        graduated: 2,
        upcoming: 1,
        left: 2,
        all: 12,
      });
      expect(await counts(tx, "status", { status: "paused", q: "grad" })).toEqual({ graduated: 2, all: 2 });
    }));

  it("has no deleted account, nor counts one", () =>
    withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      await createStudent(tx, { name: "here", batchId: batch.id });
      const gone = { status: "dropped", disabledAt: NOW, anonymisedAt: NOW } as const;
      await createStudent(tx, { name: "Deleted account", batchId: batch.id, ...gone });
      for (const filters of [{}, { batch: batch.id }]) {
        expect(await names(tx, { ...filters, status: "all" })).toEqual(["here"]);
        expect(await names(tx, { ...filters, status: "dropped" })).toEqual([]);
        expect(await counts(tx, "status", filters)).toEqual({ active: 1, all: 1 });
      }
    }));

  it("takes the day of the batch's own zone: begun in Auckland, not yet in Honolulu", () =>
    withRollback(testDb(), async (tx) => {
      const here = async (timeZone: string) =>
        createStudent(tx, { name: timeZone, batchId: (await createBatch(tx, { timeZone })).id, fromDate: TOMORROW });
      await here("Pacific/Auckland");
      await here("Pacific/Honolulu");
      expect(await names(tx)).toEqual(["Pacific/Auckland"]);
      expect(await names(tx, { status: "upcoming" })).toEqual(["Pacific/Honolulu"]);
    }));

  it("shows project, hours, last day of coding, certificates and demos: known answers, and no data is not zero", () =>
    withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { name: "A" });
      const one = await createStudent(tx, { name: "One", batchId: batch.id, timeZone: "UTC", phone: "+1 555" });
      await createStudent(tx, { name: "Two", batchId: batch.id });
      await addCodingDays(tx, one.id, { "2026-06-03": 90, "2026-06-04": 60, "2026-06-09": 30, "2026-06-10": 0 });
      const [shop, old] = await tx
        .insert(project)
        .values(["Shop", "Old"].map((name) => ({ batchId: batch.id, name, startDate: "2026-01-05" })))
        .returning();
      await tx.insert(assignment).values({ studentId: one.studentId, projectId: shop?.id ?? 0, status: "active" });
      await tx.insert(assignment).values({ studentId: one.studentId, projectId: old?.id ?? 0, status: "completed" });
      const paper = { studentId: one.studentId, name: "Web", issuer: "X", dateIssued: "2026-05-01" };
      await tx.insert(certificate).values([paper, { ...paper, name: "Data" }]);
      const issuer = await createUser(tx, { role: "admin" });
      const revoked = { ...paper, issuedBy: issuer.id, verifyCode: "code", revokedAt: NOW };
      await tx.insert(certificate).values(revoked);
      await tx.insert(demo).values({ studentId: one.studentId, title: "A demo" });

      const { rows } = await list(tx);
      expect(rows[0]).toMatchObject({
        name: "One",
        phone: "+1 555",
        timeZone: "UTC",
        batchName: "A",
        projectName: "Shop",
        weekMs: 90 * 60_000,
        weekDays: 3,
        lastCodingDay: "2026-06-09",
        certificates: 2,
        demos: 1,
      });
      expect(rows[1]).toMatchObject({ name: "Two", weekMs: null, lastCodingDay: null, projectName: null, demos: 0 });
      expect(await names(tx, { project: shop?.id ?? 0 })).toEqual(["One"]);
      expect(await names(tx, { project: old?.id ?? 0 })).toEqual([]);
      expect(await counts(tx, "project")).toEqual({ [shop?.id ?? 0]: 1 });
    }));

  it("filters by the state of the link, with every other filter", () =>
    withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      const [ok, broken] = [
        await createStudent(tx, { name: "ok", batchId: batch.id }),
        await createStudent(tx, { name: "broken", batchId: batch.id }),
      ];
      await createStudent(tx, { name: "none", batchId: batch.id });
      await createStudent(tx, { name: "none, paused", batchId: batch.id, status: "paused" });
      await createConnection(tx, ok.id);
      await createConnection(tx, broken.id, { status: "needs_reconnect" });
      expect(await names(tx, { wakatime: "active" })).toEqual(["ok"]);
      expect(await names(tx, { wakatime: "needs_reconnect", batch: batch.id })).toEqual(["broken"]);
      expect(await names(tx, { wakatime: "none" })).toEqual(["none"]);
      expect(await names(tx, { wakatime: "none", status: "all", q: "none" })).toEqual(["none", "none, paused"]);
      expect(await counts(tx, "wakatime")).toEqual({ active: 1, needs_reconnect: 1, none: 1 });
    }));

  it("sorts both ways with every row on exactly one page, and totals stay the same", () =>
    withRollback(testDb(), async (tx) => {
      const [a, b] = [await createBatch(tx, { name: "a" }), await createBatch(tx, { name: "B" })];
      for (let index = 0; index < 30; index += 1) {
        await createStudent(tx, { name: "Same", email: `t${index}@example.test`, batchId: index % 2 ? a.id : b.id });
      }
      for (const status of ["active", "all"] as const) {
        for (const key of studentSortKeys) {
          for (const descending of [false, true]) {
            const sort = { key, descending };
            const pages = await Promise.all([1, 2].map((page) => list(tx, { sort, page, size: 20, status })));
            expect(new Set(pages.flatMap(({ rows }) => rows.map((row) => row.id))).size, `${status} ${key}`).toBe(30);
            expect(pages.map(({ total }) => total)).toEqual([30, 30]);
          }
        }
      }
      const { rows } = await list(tx, { sort: { key: "batch", descending: true }, size: 20 });
      expect(rows.slice(0, 15).every((row) => row.batchName === "B")).toBe(true);
    }));
});

describe("what an instructor sees of the students", () => {
  it("is everybody by name, addresses and phones of their own only, and a search by address finds no others", () =>
    withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor" });
      const [own, other] = [await createBatch(tx, { name: "Own" }), await createBatch(tx)];
      await tx.insert(batchInstructor).values({ batchId: own.id, userId: teacher.id });
      await createStudent(tx, { name: "Mine", email: "one@secret.test", phone: "+1", batchId: own.id });
      await createStudent(tx, { name: "Theirs", email: "two@secret.test", phone: "+2", batchId: other.id });
      const looker = { id: teacher.id, role: "instructor" } as const;
      const { rows, targets } = await list(tx, {}, looker);
      expect(rows.map((row) => [row.name, row.email, row.phone])).toEqual([
        ["Mine", "one@secret.test", "+1"],
        ["Theirs", null, null],
      ]);
      expect(targets).toEqual([{ id: own.id, name: "Own" }]);
      expect(await names(tx, { q: "secret.test" }, looker)).toEqual(["Mine"]);
      expect(await names(tx, { q: "THEIRS" }, looker)).toEqual(["Theirs"]);
      expect(await names(tx, { mine: "me" }, looker)).toEqual(["Mine"]);
      expect(await names(tx, { q: "secret.test" })).toEqual(["Mine", "Theirs"]);
    }));
});
