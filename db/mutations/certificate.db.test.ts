import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { getPublicCertificate } from "@/db/queries/certificate-detail";
import { getIssuePage } from "@/db/queries/certificate-students";
import { auditEvent, batchInstructor, certificate, enrolment, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, localDate } from "@/lib/dates";
import {
  deleteCertificate,
  editCertificate,
  issueCertificates,
  recordCertificate,
  revokeCertificate,
} from "./certificate";

const ROUNDS = 8;
// Today begins thirteen hours before Greenwich's there.
const ZONE = "Pacific/Tongatapu";
const today = () => localDate(new Date(), ZONE);
const acting = ({ id, role }: Awaited<ReturnType<typeof createUser>>): Actor => ({ type: "user", id, role });

beforeAll(async () => {
  await testDb()
    .insert(setting)
    .values([
      { key: "academy_time_zone", value: ZONE },
      { key: "academy_name", value: "Night School" },
    ]);
});

async function academy() {
  const [admin, teacher, stranger] = await Promise.all([
    createUser(testDb(), { role: "admin", name: "Ada Admin" }),
    createUser(testDb(), { role: "instructor", name: "Theo Teacher" }),
    createUser(testDb(), { role: "instructor" }),
  ]);
  const batch = await createBatch(testDb(), { name: "Spring" });
  await testDb().insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
  return { admin: acting(admin), teacher: acting(teacher), stranger: acting(stranger), batchId: batch.id };
}

const graduate = (batchId: number, name: string) =>
  createStudent(testDb(), { batchId, name, status: "graduated", toDate: "2026-06-01" });

const CONTENT: CertificateContent = {
  name: "AWS Cloud Practitioner",
  issuer: "Amazon Web Services",
  dateIssued: "2026-03-01",
  dateExpired: null,
  credentialId: null,
  credentialUrl: null,
  description: null,
};

const rowOf = async (id: number) => (await testDb().select().from(certificate).where(eq(certificate.id, id)))[0];
const of = (...studentIds: number[]) =>
  testDb().select().from(certificate).where(inArray(certificate.studentId, studentIds)).orderBy(certificate.studentId);

async function record(actor: Actor, studentId: number, content: Partial<CertificateContent> = {}): Promise<number> {
  const made = await recordCertificate(testDb(), actor, studentId, { ...CONTENT, ...content });
  if (!made.ok) throw new Error(made.message);
  return made.data.id;
}

describe("old defect 10: a certificate without expiry could not be added", () => {
  it("is recorded, and one that expires on the day it was issued too", async () => {
    const { teacher, batchId } = await academy();
    const { studentId } = await createStudent(testDb(), { batchId });
    expect(await rowOf(await record(teacher, studentId))).toMatchObject({ dateExpired: null, verifyCode: null });
    expect(await rowOf(await record(teacher, studentId, { dateExpired: "2026-03-01" }))).toMatchObject({
      dateExpired: "2026-03-01",
    });
  });

  it("but none that expires before it was issued, or was issued tomorrow", async () => {
    const { admin, batchId } = await academy();
    const { studentId } = await createStudent(testDb(), { batchId });
    const attempt = (content: Partial<CertificateContent>) =>
      recordCertificate(testDb(), admin, studentId, { ...CONTENT, ...content });
    expect(await attempt({ dateExpired: "2026-02-28" })).toMatchObject({
      fields: { dateExpired: "It would expire before it was issued." },
    });
    expect(await attempt({ dateIssued: addDays(today(), 1) })).toMatchObject({
      fields: { dateIssued: "This day has not come yet." },
    });
    expect(await attempt({ dateIssued: today() })).toMatchObject({ ok: true });
    expect(await of(studentId)).toHaveLength(1);
  });
});

describe("a certificate", () => {
  it("is recorded, corrected and deleted by staff of the student's batch only", async () => {
    const { teacher, stranger, batchId } = await academy();
    const student = await createStudent(testDb(), { batchId, name: "Ana Sol" });
    for (const actor of [stranger, acting(student)]) {
      expect(await recordCertificate(testDb(), actor, student.studentId, CONTENT)).toMatchObject({
        code: "forbidden",
      });
    }
    const id = await record(teacher, student.studentId);
    expect(await editCertificate(testDb(), stranger, id, { ...CONTENT, version: 1 })).toMatchObject({
      code: "forbidden",
    });
    expect(await deleteCertificate(testDb(), stranger, id)).toMatchObject({ code: "forbidden" });
    expect(await revokeCertificate(testDb(), teacher, id, "why")).toMatchObject({ code: "conflict" });
    const corrected = { ...CONTENT, name: "AWS Developer", issuer: "AWS" };
    expect(await editCertificate(testDb(), teacher, id, { ...corrected, version: 1 })).toMatchObject({ ok: true });
    expect(await editCertificate(testDb(), teacher, id, { ...CONTENT, version: 1 })).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Theo Teacher", values: { name: "AWS Developer", issuer: "AWS" } },
    });
    expect(await deleteCertificate(testDb(), teacher, id)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toBeUndefined();
    const events = await testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, id)).orderBy(auditEvent.id);
    expect(
      events.filter(({ subjectType }) => subjectType === "certificate").map(({ action, label }) => [action, label]),
    ).toEqual([
      ["certificate.record", "Ana Sol · AWS Cloud Practitioner"],
      ["certificate.edit", "Ana Sol · AWS Developer"],
      ["certificate.delete", "Ana Sol · AWS Developer"],
    ]);
  });

  it("follows the student: who teaches the batch they moved to may change it, the former teacher may not", async () => {
    const { teacher, batchId } = await academy();
    const next = await academy();
    const student = await createStudent(testDb(), { batchId, toDate: "2026-03-01" });
    const id = await record(teacher, student.studentId);
    await testDb()
      .insert(enrolment)
      .values({ studentId: student.studentId, batchId: next.batchId, fromDate: "2026-03-01" });
    expect(await deleteCertificate(testDb(), teacher, id)).toMatchObject({ code: "forbidden" });
    expect(await deleteCertificate(testDb(), next.teacher, id)).toMatchObject({ ok: true });
  });
});

describe("issuing to the graduates of a batch", () => {
  const issue = (batchId: number, more: Partial<Parameters<typeof issueCertificates>[2]> = {}) => ({
    batchId,
    name: "Full-Stack Web Development",
    description: null,
    dateIssued: "2026-06-05",
    dateExpired: null,
    ...more,
  });

  it("gives one to each graduate who has none of this name that holds, and to nobody else", async () => {
    const { admin, batchId } = await academy();
    const plain = await graduate(batchId, "Plain");
    const holder = await graduate(batchId, "Holder");
    const expired = await graduate(batchId, "Expired");
    const active = await createStudent(testDb(), { batchId, name: "Active" });
    await record(admin, holder.studentId, { name: "full-stack WEB development" });
    await record(admin, expired.studentId, { name: "Full-Stack Web Development", dateExpired: addDays(today(), -1) });
    const looker = { id: admin.type === "user" ? admin.id : 0, role: "admin" } as const;
    const preview = await getIssuePage(testDb(), looker, issue(batchId), new Date());
    expect(preview.graduates.map(({ name, has }) => [name, has])).toEqual([
      ["Expired", false],
      ["Holder", true],
      ["Plain", false],
    ]);
    expect(preview.batches.find(({ id }) => id === batchId)).toMatchObject({ graduates: 3 });
    expect(await issueCertificates(testDb(), admin, issue(batchId))).toEqual({ ok: true, data: { issued: 2, had: 1 } });
    const rows = (await of(plain.studentId, holder.studentId, expired.studentId, active.studentId)).filter(
      ({ verifyCode }) => verifyCode,
    );
    expect(rows.map(({ studentId }) => studentId)).toEqual([plain.studentId, expired.studentId]);
    for (const row of rows) {
      expect(row).toMatchObject({ issuer: "Night School", issuedBy: looker.id, dateIssued: "2026-06-05" });
      expect(row.verifyCode).toMatch(/^[2-9A-HJ-NP-Z]{24}$/);
    }
    expect(new Set(rows.map(({ verifyCode }) => verifyCode)).size).toBe(2);
    expect(await issueCertificates(testDb(), admin, issue(batchId))).toMatchObject({ data: { issued: 0, had: 3 } });
  });

  it("is for admins and the batch's own instructors, with dates in order", async () => {
    const { teacher, stranger, batchId } = await academy();
    await graduate(batchId, "One");
    expect(await issueCertificates(testDb(), stranger, issue(batchId))).toMatchObject({ code: "forbidden" });
    expect(await issueCertificates(testDb(), teacher, issue(batchId, { dateExpired: "2026-06-04" }))).toMatchObject({
      fields: { dateExpired: expect.any(String) },
    });
    expect(await issueCertificates(testDb(), teacher, issue(batchId))).toMatchObject({ data: { issued: 1 } });
  });

  it(`never gives it twice, however many press the button and whichever batch they share, ${ROUNDS} times`, async () => {
    const { admin, teacher, batchId } = await academy();
    for (let round = 0; round < ROUNDS; round += 1) {
      const again = await createBatch(testDb(), { name: `Second time ${round}` });
      const name = `Certificate ${round}`;
      const students = await Promise.all(["A", "B", "C"].map((each) => graduate(batchId, each)));
      for (const { studentId } of students) {
        await testDb()
          .insert(enrolment)
          .values({ studentId, batchId: again.id, status: "graduated", fromDate: "2026-06-01", toDate: "2026-07-01" });
      }
      const results = await Promise.all([
        issueCertificates(testDb(), admin, issue(batchId, { name })),
        issueCertificates(testDb(), teacher, issue(batchId, { name })),
        issueCertificates(testDb(), admin, issue(again.id, { name })),
      ]);
      expect(results.every((each) => each.ok)).toBe(true);
      const rows = (await of(...students.map(({ studentId }) => studentId))).filter((row) => row.name === name);
      expect(rows).toHaveLength(3);
    }
  });

  it("leads to a public page that knows the state and nothing else of the person", async () => {
    const { admin, batchId } = await academy();
    const { studentId } = await graduate(batchId, "Ana Sol");
    await issueCertificates(testDb(), admin, issue(batchId, { dateExpired: "2026-08-01" }));
    const [row] = await of(studentId);
    if (!row?.verifyCode) throw new Error("no certificate");
    const { verifyCode: code, id } = row;
    const at = (instant: string) => getPublicCertificate(testDb(), code, new Date(instant));
    const facts = {
      holder: "Ana Sol",
      name: "Full-Stack Web Development",
      academy: "Night School",
      dateIssued: "2026-06-05",
      dateExpired: "2026-08-01",
      revokedOn: null,
    };
    expect(await at("2026-06-10T12:00:00Z")).toEqual({ ...facts, state: "valid" });
    expect(await at("2026-07-10T12:00:00Z")).toEqual({ ...facts, state: "expiring" });
    // The last day is over in the academy's zone, while Greenwich has eleven hours of it to come.
    expect(await at("2026-08-01T10:59:00Z")).toMatchObject({ state: "expiring" });
    expect(await at("2026-08-01T13:00:00Z")).toMatchObject({ state: "expired" });

    expect(await deleteCertificate(testDb(), admin, id)).toMatchObject({ code: "conflict" });
    expect(await revokeCertificate(testDb(), admin, id, "Copied project")).toMatchObject({ ok: true });
    expect(await at("2026-06-10T12:00:00Z")).toEqual({ ...facts, revokedOn: today(), state: "revoked" });
    expect(await revokeCertificate(testDb(), admin, id, "again")).toMatchObject({ code: "conflict" });
    expect(await editCertificate(testDb(), admin, id, { ...CONTENT, version: 2 })).toMatchObject({ code: "conflict" });
    expect(await getPublicCertificate(testDb(), "ABCDEFGHJKLMNPQRSTUVWXYZ", new Date())).toBeNull();
    // Who lost it may earn it anew.
    expect(await issueCertificates(testDb(), admin, issue(batchId))).toMatchObject({ data: { issued: 1 } });
  });

  it("keeps the academy as the issuer when it is corrected", async () => {
    const { admin, batchId } = await academy();
    const { studentId } = await graduate(batchId, "Ana");
    await issueCertificates(testDb(), admin, issue(batchId));
    const [row] = await of(studentId);
    await editCertificate(testDb(), admin, row?.id ?? 0, { ...CONTENT, issuer: "Somebody else", version: 1 });
    expect(await rowOf(row?.id ?? 0)).toMatchObject({ name: CONTENT.name, issuer: "Night School", version: 2 });
  });
});
