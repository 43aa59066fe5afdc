import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { certificateSortKeys, certificateStates } from "@/db/enums";
import { batchInstructor, certificate, enrolment, setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { type CertificateFilters, countCertificatesBy, listCertificates } from "./certificate-list";
import { findStudents } from "./certificate-students";

const NOW = new Date("2026-06-10T12:00:00Z");
const ADMIN = { id: 0, role: "admin" } as const;
const BASE: CertificateFilters = { page: 1, size: 20, q: "", sort: { key: "issued", descending: true } };

type Values = Partial<typeof certificate.$inferInsert>;

const give = (tx: Db, studentId: number, values: Values = {}) =>
  tx.insert(certificate).values({ studentId, name: "Scrum", issuer: "Scrum.org", dateIssued: "2026-01-10", ...values });

const names = async (
  tx: Db,
  filters: Partial<CertificateFilters>,
  looker: Parameters<typeof listCertificates>[2] = ADMIN,
) => {
  const { rows, total } = await listCertificates(tx, { ...BASE, ...filters }, looker, NOW);
  return { names: rows.map((row) => row.name), total };
};

describe("the state of a certificate", () => {
  it("is by the academy's day, holds on its last day, and expires soon for thirty days", async () => {
    await withRollback(testDb(), async (tx) => {
      await tx.insert(setting).values({ key: "academy_time_zone", value: "Pacific/Kiritimati" }); // 11 June there
      const admin = await createUser(tx, { role: "admin" });
      const { studentId } = await createStudent(tx);
      const dates = {
        never: null,
        "ended yesterday": "2026-06-10",
        "last day": "2026-06-11",
        "in 30 days": "2026-07-11",
        "in 31 days": "2026-07-12",
      };
      for (const [name, dateExpired] of Object.entries(dates)) await give(tx, studentId, { name, dateExpired });
      const revoked = { issuedBy: admin.id, verifyCode: "A".repeat(24), revokedAt: NOW };
      await give(tx, studentId, { name: "taken back", dateExpired: "2026-07-11", ...revoked });
      const { rows } = await listCertificates(tx, BASE, ADMIN, NOW);
      expect(Object.fromEntries(rows.map(({ name, state }) => [name, state]))).toEqual({
        never: "valid",
        "ended yesterday": "expired",
        "last day": "expiring",
        "in 30 days": "expiring",
        "in 31 days": "valid",
        "taken back": "revoked",
      });
      // Each filter gives exactly those that the badge says so of, and the menu counts the same.
      const counts = await countCertificatesBy(tx, "state", { q: "", state: "expired" }, ADMIN, NOW);
      for (const state of certificateStates) {
        const found = await names(tx, { state });
        expect(found.names.sort()).toEqual(
          rows
            .filter((row) => row.state === state)
            .map(({ name }) => name)
            .sort(),
        );
        expect(counts.find(({ value }) => value === state)?.count).toBe(found.total);
      }
    });
  });
});

describe("the list of certificates", () => {
  it("filters by batch of the student now, origin and days of issue, both included", async () => {
    await withRollback(testDb(), async (tx) => {
      const admin = await createUser(tx, { role: "admin" });
      const [old, current] = [await createBatch(tx, { name: "Old" }), await createBatch(tx, { name: "Current" })];
      const moved = await createStudent(tx, { batchId: old.id, toDate: "2026-03-01" });
      await tx.insert(enrolment).values({ studentId: moved.studentId, batchId: current.id, fromDate: "2026-03-01" });
      const stayed = await createStudent(tx, { batchId: old.id });
      const alone = await createStudent(tx);
      await give(tx, moved.studentId, { name: "of mover", dateIssued: "2026-02-01" });
      await give(tx, stayed.studentId, { name: "of stayer", issuedBy: admin.id, verifyCode: "B".repeat(24) });
      await give(tx, alone.studentId, { name: "of nobody's", dateIssued: "2026-02-28" });
      expect(await names(tx, { batch: current.id })).toEqual({ names: ["of mover"], total: 1 });
      expect(await names(tx, { batch: old.id })).toEqual({ names: ["of stayer"], total: 1 });
      expect((await names(tx, { origin: "academy" })).names).toEqual(["of stayer"]);
      expect((await names(tx, { origin: "elsewhere" })).total).toBe(2);
      expect((await names(tx, { from: "2026-02-01", until: "2026-02-28" })).names).toEqual(["of nobody's", "of mover"]);
      expect((await names(tx, { from: "2026-02-02", until: "2026-02-27" })).total).toBe(0);
      const byBatch = await countCertificatesBy(tx, "batch", { q: "" }, ADMIN, NOW);
      expect(byBatch.map(({ label, count }) => [label, count]).sort()).toEqual([
        ["Current", 1],
        ["Old", 1],
      ]);
    });
  });

  it("is searched by certificate, issuer and student, accents folded, % and _ literal", async () => {
    await withRollback(testDb(), async (tx) => {
      const { studentId } = await createStudent(tx, { name: "José Peña", email: "jp@secret.test" });
      const other = await createStudent(tx, { name: "Mia", email: "mia@open.test" });
      await give(tx, studentId, { name: "100% React", issuer: "Méta" });
      await give(tx, other.studentId, { name: "Go_lang", issuer: "Google" });
      for (const [q, expected] of [
        ["pena", ["100% React"]],
        ["meta", ["100% React"]],
        ["jp@secret", ["100% React"]],
        ["%", ["100% React"]],
        ["_", ["Go_lang"]],
        ["MIA", ["Go_lang"]],
        ["nothing like it", []],
      ] as const) {
        expect((await names(tx, { q })).names, q).toEqual(expected);
      }
    });
  });

  it("lets an instructor find people by address in own batches only", async () => {
    await withRollback(testDb(), async (tx) => {
      const teacher = await createUser(tx, { role: "instructor", email: "teacher@example.test" });
      const [own, other] = [await createBatch(tx), await createBatch(tx)];
      await tx.insert(batchInstructor).values({ batchId: own.id, userId: teacher.id });
      const mine = await createStudent(tx, { name: "Mine", email: "one@secret.test", batchId: own.id });
      const theirs = await createStudent(tx, { name: "Theirs", email: "two@secret.test", batchId: other.id });
      await give(tx, mine.studentId, { name: "mine" });
      await give(tx, theirs.studentId, { name: "not mine" });
      const looker = { id: teacher.id, role: "instructor" } as const;
      expect((await names(tx, { q: "secret.test" }, looker)).names).toEqual(["mine"]);
      expect((await names(tx, { q: "theirs" }, looker)).names).toEqual(["not mine"]);
      expect((await names(tx, { q: "secret.test" })).total).toBe(2);
      // Whose certificate it may be: own students, by name alone.
      const found = (q: string) => findStudents(tx, looker, { q }, NOW);
      expect((await found("mine")).map(({ name }) => name)).toEqual(["Mine"]);
      expect(await found("theirs")).toEqual([]);
      expect(await found("secret")).toEqual([]);
      expect(await findStudents(tx, looker, { studentId: theirs.studentId }, NOW)).toEqual([]);
    });
  });

  it("sorts both ways with each row on exactly one page; what never expires is the latest to do so", async () => {
    await withRollback(testDb(), async (tx) => {
      const { studentId } = await createStudent(tx);
      for (let index = 0; index < 25; index += 1) {
        await give(tx, studentId, { dateExpired: index < 10 ? "2027-01-01" : null });
      }
      for (const key of certificateSortKeys) {
        for (const descending of [false, true]) {
          const pages = await Promise.all(
            [1, 2].map((page) => listCertificates(tx, { ...BASE, sort: { key, descending }, page }, ADMIN, NOW)),
          );
          expect(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size, `${key} ${descending}`).toBe(25);
          if (key === "expires") expect(pages[0]?.rows[0]?.dateExpired).toBe(descending ? null : "2027-01-01");
        }
      }
    });
  });
});
