import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import type { AssignmentStatus } from "@/db/enums";
import { projectSortKeys } from "@/db/enums";
import { assignment, batchInstructor, project } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { getProjectDetail } from "./project-detail";
import { countProjectsBy, listProjects, type ProjectFilters } from "./project-list";

const ADMIN = { id: 0, role: "admin" } as const;
const BASE: ProjectFilters = { page: 1, size: 20, q: "", sort: { key: "name", descending: false } };

async function newProject(tx: Db, batchId: number, values: Partial<typeof project.$inferInsert> = {}) {
  const [row] = await tx
    .insert(project)
    .values({ batchId, name: "Capstone", startDate: "2026-03-02", ...values })
    .returning();
  if (!row) throw new Error("no project");
  return row.id;
}

async function put(tx: Db, projectId: number, batchId: number, status: AssignmentStatus, name = "Student") {
  const { studentId } = await createStudent(tx, { batchId, name });
  await tx.insert(assignment).values({ projectId, studentId, status });
  return studentId;
}

const names = async (tx: Db, filters: Partial<ProjectFilters>, looker: Parameters<typeof listProjects>[2] = ADMIN) => {
  const { rows, total } = await listProjects(tx, { ...BASE, ...filters }, looker);
  return { names: rows.map((row) => row.name), total };
};

describe("the list of projects", () => {
  it("counts who is on a project and who completed it, without those who dropped it", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { name: "Spring" });
      const id = await newProject(tx, batch.id, { happyHour: "Thursdays 17:00", endDate: "2026-04-01" });
      for (const status of ["assigned", "active", "completed", "completed", "dropped"] as const) {
        await put(tx, id, batch.id, status);
      }
      const { rows } = await listProjects(tx, BASE, ADMIN);
      expect(rows).toEqual([
        {
          id,
          name: "Capstone",
          batchName: "Spring",
          startDate: "2026-03-02",
          endDate: "2026-04-01",
          happyHour: "Thursdays 17:00",
          status: "planning",
          students: 4,
          completed: 2,
        },
      ]);
    });
  });

  it("filters by batch, status, own batches and name in any mix, with a true total", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor" });
      const [own, other] = [await createBatch(tx), await createBatch(tx)];
      await tx.insert(batchInstructor).values({ batchId: own.id, userId: teacher.id });
      await newProject(tx, own.id, { name: "Café site", status: "active" });
      await newProject(tx, own.id, { name: "100% done", status: "completed" });
      await newProject(tx, other.id, { name: "Cafeteria app", status: "active" });
      const looker = { id: teacher.id, role: "instructor" } as const;
      expect(await names(tx, { q: "cafe" })).toEqual({ names: ["Café site", "Cafeteria app"].sort(), total: 2 });
      expect(await names(tx, { q: "%" })).toEqual({ names: ["100% done"], total: 1 });
      expect(await names(tx, { q: "cafe", mine: "me" }, looker)).toEqual({ names: ["Café site"], total: 1 });
      expect((await names(tx, { mine: "me" })).total).toBe(0);
      expect((await names(tx, { batch: own.id, status: "completed" })).names).toEqual(["100% done"]);
      expect(await countProjectsBy(tx, "mine", { q: "" }, looker)).toEqual([{ value: "me", label: "me", count: 2 }]);
      expect(await countProjectsBy(tx, "status", { q: "", status: "active", mine: "me" }, looker)).toEqual([
        { value: "active", label: "active", count: 1 },
        { value: "completed", label: "completed", count: 1 },
      ]);
      const byBatch = await countProjectsBy(tx, "batch", { q: "" }, looker);
      expect(byBatch.map(({ label, count }) => [label, count])).toEqual([
        [own.name, 2],
        [other.name, 1],
      ]);
    });
  });

  it("sorts by every key, both ways, with each row on exactly one page; no end comes last", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      for (let index = 0; index < 25; index += 1) {
        await newProject(tx, batch.id, { endDate: index % 2 ? "2026-05-01" : null });
      }
      for (const key of projectSortKeys) {
        for (const descending of [false, true]) {
          const pages = await Promise.all(
            [1, 2].map((page) => listProjects(tx, { ...BASE, sort: { key, descending }, page }, ADMIN)),
          );
          expect(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size, `${key} ${descending}`).toBe(25);
          if (key === "ends") expect(pages[1]?.rows.every(({ endDate }) => endDate === null)).toBe(true);
        }
      }
    });
  });
});

describe("the page of a project", () => {
  it("says who is on it and who could be: active students of the batch without an open project", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor" });
      const [batch, other] = [await createBatch(tx), await createBatch(tx)];
      await tx.insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
      const [id, next] = [await newProject(tx, batch.id), await newProject(tx, batch.id)];
      await put(tx, id, batch.id, "active", "On it");
      await put(tx, id, batch.id, "dropped", "Dropped it");
      await put(tx, next, batch.id, "assigned", "Busy");
      await put(tx, next, batch.id, "completed", "Done with the other");
      await createStudent(tx, { batchId: batch.id, name: "Free" });
      await createStudent(tx, { batchId: batch.id, name: "Invited", status: "invited" });
      await createStudent(tx, { batchId: batch.id, name: "Gone", toDate: "2026-02-01" });
      await createStudent(tx, { batchId: other.id, name: "Elsewhere" });
      const found = await getProjectDetail(tx, id);
      expect(found).toMatchObject({ batchId: batch.id, instructorIds: [teacher.id], version: 1 });
      expect(found?.available.map(({ name }) => name)).toEqual(["Done with the other", "Free"]);
      expect(found?.assignments.map(({ name, status, elsewhere }) => [name, status, elsewhere])).toEqual([
        ["Dropped it", "dropped", false],
        ["On it", "active", false],
      ]);
      expect(await getProjectDetail(tx, 2_000_000_000)).toBeNull();
    });
  });
});
