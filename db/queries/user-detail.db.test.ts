import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { batchInstructor, enrolment } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { getUserDetail, type UserDetail } from "./user-detail";

const ADMIN = { id: 0, role: "admin" } as const;
const NOW = new Date("2026-06-10T12:00:00Z");

const placeOf = (detail: UserDetail | null) =>
  detail && {
    batch: detail.batchName,
    isOver: detail.isOver,
    version: detail.enrolmentVersion,
    teachers: detail.enrolmentInstructorIds,
  };

describe("what the panel needs before it offers a move", () => {
  it("is the shown enrolment with its version and who teaches it, and nobody once it is over", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor" });
      const spring = await createBatch(tx);
      await tx.insert(batchInstructor).values({ batchId: spring.id, userId: teacher.id });
      const ada = await createStudent(tx, { batchId: spring.id });
      await tx.update(enrolment).set({ version: 4 }).where(eq(enrolment.studentId, ada.studentId));
      const left = await createStudent(tx, { batchId: spring.id, toDate: "2026-06-10" });
      const to = async (id: number) => placeOf(await getUserDetail(tx, id, ADMIN, NOW));
      expect(await to(ada.id)).toEqual({ batch: spring.name, isOver: false, version: 4, teachers: [teacher.id] });
      expect(await to(left.id)).toEqual({ batch: spring.name, isOver: true, version: 1, teachers: [] });
      expect(await to(teacher.id)).toEqual({ batch: null, isOver: false, version: 0, teachers: [] });
    });
  });

  it("offers the open batches but their own: all of them to an admin, to an instructor those that they teach", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor" });
      const [own, taught, others] = [await createBatch(tx), await createBatch(tx), await createBatch(tx)];
      await createBatch(tx, { endDate: "2026-06-09" });
      await createBatch(tx, { archivedAt: NOW });
      for (const { id } of [own, taught]) await tx.insert(batchInstructor).values({ batchId: id, userId: teacher.id });
      const ada = await createStudent(tx, { batchId: own.id });
      const offered = async (looker: Parameters<typeof getUserDetail>[2]) =>
        (await getUserDetail(tx, ada.id, looker, NOW))?.batches.map(({ id }) => id);
      expect(await offered(ADMIN)).toEqual([taught.id, others.id]);
      expect(await offered({ id: teacher.id, role: "instructor" })).toEqual([taught.id]);
    });
  });
});
