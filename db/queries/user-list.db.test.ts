import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { userSortKeys } from "@/db/enums";
import { batchInstructor } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { listUsers, type UserFilters } from "./user-list";

const NOW = new Date("2026-06-10T12:00:00Z");
const ADMIN = { id: 0, role: "admin" } as const;
const BASE: UserFilters = { page: 1, size: 20, q: "", sort: { key: "name", descending: false } };

const names = async (tx: Db, filters: Partial<UserFilters>, looker: Parameters<typeof listUsers>[2] = ADMIN) => {
  const { rows, total } = await listUsers(tx, { ...BASE, ...filters }, looker, NOW);
  return { names: rows.map((row) => row.name), total };
};

describe("old defect 8: search, role, page and true total together", () => {
  it("gives the second page of a filtered search with the total of all matches", async () => {
    await withRollback(testDb(), async (tx) => {
      for (let index = 1; index <= 45; index += 1) {
        await createStudent(tx, { name: `Ann ${String(index).padStart(2, "0")}`, email: `s${index}@example.test` });
      }
      await createUser(tx, { name: "Ann the instructor", role: "instructor" });
      await createStudent(tx, { name: "Boris", email: "boris@example.test" });
      const found = await names(tx, { q: "ann", role: "student", page: 2 });
      expect(found.total).toBe(45);
      expect(found.names).toHaveLength(20);
      expect(found.names[0]).toBe("Ann 21");
      expect((await names(tx, { q: "ann", role: "student", page: 3 })).names).toHaveLength(5);
    });
  });

  it("takes % and _ literally and finds accents by their plain letters", async () => {
    await withRollback(testDb(), async (tx) => {
      await createUser(tx, { name: "100% José", email: "a_b@example.test" });
      await createUser(tx, { name: "Plain", email: "axb@example.test" });
      expect((await names(tx, { q: "%" })).names).toEqual(["100% José"]);
      expect((await names(tx, { q: "A_B" })).names).toEqual(["100% José"]);
      expect((await names(tx, { q: "jose" })).names).toEqual(["100% José"]);
      expect((await names(tx, { q: "\\" })).total).toBe(0);
    });
  });

  it("filters by the batch a student is in now, not by one they left", async () => {
    await withRollback(testDb(), async (tx) => {
      const [old, current] = [await createBatch(tx, { name: "Old" }), await createBatch(tx, { name: "Current" })];
      const moved = await createStudent(tx, { name: "Mover", batchId: old.id, toDate: "2026-03-01" });
      await tx.execute(
        `insert into enrolment (student_id, batch_id, from_date) values (${moved.studentId}, ${current.id}, '2026-03-01')`,
      );
      await createStudent(tx, { name: "Stayer", batchId: old.id });
      expect(await names(tx, { batch: current.id })).toEqual({ names: ["Mover"], total: 1 });
      expect(await names(tx, { batch: old.id, role: "student" })).toEqual({ names: ["Stayer"], total: 1 });
    });
  });

  it("shows the enrolment that holds, else the last one before, else the first to come", async () => {
    await withRollback(testDb(), async (tx) => {
      const [a, b] = [await createBatch(tx, { name: "A" }), await createBatch(tx, { name: "B" })];
      const dates = {
        over: ["2026-01-05", "2026-02-01"],
        now: ["2026-06-01", "2026-07-01"],
        soon: ["2026-07-01", "2026-08-01"],
        later: ["2026-08-01", "2026-09-01"],
      };
      const student = async (name: string, first: string[], second: string[]) => {
        const made = await createStudent(tx, {
          name,
          batchId: a.id,
          fromDate: first[0] ?? "",
          toDate: first[1] ?? null,
        });
        await tx.execute(
          `insert into enrolment (student_id, batch_id, from_date, to_date) values (${made.studentId}, ${b.id}, '${second[0]}', '${second[1]}')`,
        );
      };
      await student("holds", dates.now, dates.soon);
      await student("last before", dates.over, dates.soon);
      await student("first to come", dates.soon, dates.later);
      await student("moved on", dates.over, dates.now);
      const { rows } = await listUsers(tx, BASE, ADMIN, NOW);
      const shown = Object.fromEntries(rows.map((row) => [row.name, row.batchName]));
      expect(shown).toEqual({ holds: "A", "last before": "A", "first to come": "A", "moved on": "B" });
      expect((await names(tx, { batch: b.id })).names).toEqual(["moved on"]);
    });
  });

  it("sorts by every column, both ways, with each row on exactly one page", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      for (let index = 0; index < 30; index += 1) {
        await createStudent(tx, { name: "Same name", email: `t${index}@example.test`, batchId: batch.id });
      }
      for (const key of userSortKeys) {
        for (const descending of [false, true]) {
          const pages = await Promise.all(
            [1, 2].map((page) => listUsers(tx, { ...BASE, sort: { key, descending }, page }, ADMIN, NOW)),
          );
          const ids = pages.flatMap((page) => page.rows.map((row) => row.id));
          expect(new Set(ids).size, `${key} ${descending}`).toBe(30);
        }
      }
    });
  });
});

describe("what an instructor sees", () => {
  it("is addresses of own students only, and a search by address finds no others", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { name: "Teacher", email: "teacher@example.test", role: "instructor" });
      const [own, other] = [await createBatch(tx), await createBatch(tx)];
      await tx.insert(batchInstructor).values({ batchId: own.id, userId: teacher.id });
      await createStudent(tx, { name: "Mine", email: "one@secret.test", batchId: own.id });
      await createStudent(tx, { name: "Theirs", email: "two@secret.test", batchId: other.id });
      const looker = { id: teacher.id, role: "instructor" } as const;
      const { rows } = await listUsers(tx, { ...BASE, role: "student" }, looker, NOW);
      expect(rows.map((row) => [row.name, row.email])).toEqual([
        ["Mine", "one@secret.test"],
        ["Theirs", null],
      ]);
      expect((await names(tx, { q: "secret.test" }, looker)).names).toEqual(["Mine"]);
      expect((await names(tx, { q: "theirs" }, looker)).names).toEqual(["Theirs"]);
    });
  });

  it("never includes a password hash or a token, whoever looks", async () => {
    await withRollback(testDb(), async (tx) => {
      await createUser(tx, { passwordHash: "argon2-hash-here" });
      const found = await listUsers(tx, BASE, ADMIN, NOW);
      expect(JSON.stringify(found)).not.toContain("argon2-hash-here");
    });
  });
});
