import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { auditEvent, certificate, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, localDate } from "@/lib/dates";
import { editCertificate } from "./certificate";
import { deleteOwnCertificate, editOwnCertificate, recordOwnCertificate } from "./own-certificate";

const ROUNDS = 8;
// Twenty-five hours lie between the two: it is never the same day in both.
const EARLY = "Pacific/Kiritimati";
const LATE = "Pacific/Pago_Pago";

beforeAll(() => testDb().insert(setting).values({ key: "academy_time_zone", value: LATE }));

const acting = ({ id, role }: Awaited<ReturnType<typeof createUser>>): Actor => ({ type: "user", id, role });
const student = async (values: Parameters<typeof createStudent>[1] = {}) => {
  const person = await createStudent(testDb(), values);
  return { ...person, actor: acting(person) };
};

const CONTENT: CertificateContent = {
  name: "AWS Cloud Practitioner",
  issuer: "Amazon Web Services",
  dateIssued: "2026-03-01",
  dateExpired: null,
  credentialId: "AB-1",
  credentialUrl: "https://aws.example.com/AB-1",
  description: "Passed at the second try.",
};

const of = (studentId: number) => testDb().select().from(certificate).where(eq(certificate.studentId, studentId));
const eventsOf = (id: number) =>
  testDb()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subjectType, "certificate"), eq(auditEvent.subjectId, id)))
    .orderBy(auditEvent.id);

async function record(actor: Actor, content: Partial<CertificateContent> = {}): Promise<number> {
  const made = await recordOwnCertificate(testDb(), actor, { ...CONTENT, ...content });
  if (!made.ok) throw new Error(made.message);
  return made.data.id;
}

async function issueTo(studentId: number): Promise<number> {
  const admin = await createUser(testDb(), { role: "admin" });
  const [row] = await testDb()
    .insert(certificate)
    .values({ ...CONTENT, studentId, issuedBy: admin.id, verifyCode: `CODE-${studentId}` })
    .returning();
  return row?.id ?? 0;
}

describe("a student's own certificate", () => {
  it("is added without an expiry (old defect 10), corrected and deleted, with what was before in the log", async () => {
    const me = await student({ name: "Ana Sol" });
    const id = await record(me.actor);
    expect(await of(me.studentId)).toMatchObject([{ id, ...CONTENT, issuedBy: null, verifyCode: null, version: 1 }]);

    const edited = { ...CONTENT, name: "AWS Developer", dateExpired: "2029-03-01", description: null };
    expect(await editOwnCertificate(testDb(), me.actor, id, { ...edited, version: 1 })).toEqual({ ok: true });
    expect(await of(me.studentId)).toMatchObject([{ ...edited, version: 2 }]);
    // And without an expiry again.
    expect(await editOwnCertificate(testDb(), me.actor, id, { ...CONTENT, version: 2 })).toMatchObject({ ok: true });
    expect(await of(me.studentId)).toMatchObject([{ dateExpired: null, version: 3 }]);

    expect(await deleteOwnCertificate(testDb(), me.actor, id)).toMatchObject({ ok: true });
    expect(await of(me.studentId)).toEqual([]);
    const events = await eventsOf(id);
    expect(events.map(({ action, actorUserId, label }) => [action, actorUserId, label])).toEqual([
      ["certificate.record", me.id, "Ana Sol · AWS Cloud Practitioner"],
      ["certificate.edit", me.id, "Ana Sol · AWS Developer"],
      ["certificate.edit", me.id, "Ana Sol · AWS Cloud Practitioner"],
      ["certificate.delete", me.id, "Ana Sol · AWS Cloud Practitioner"],
    ]);
    expect(events[1]).toMatchObject({ before: CONTENT, after: edited });
    expect(events[3]?.before).toMatchObject({ ...CONTENT, studentId: me.studentId });
    expect(await deleteOwnCertificate(testDb(), me.actor, id)).toMatchObject({ code: "not_found" });
  });

  it("was issued by the student's own calendar today at the latest: own zone, else the batch's, else the academy's", async () => {
    const batch = await createBatch(testDb(), { timeZone: EARLY });
    const [own, batched, academys] = await Promise.all([
      student({ timeZone: EARLY }),
      student({ batchId: batch.id }),
      student({ timeZone: null }),
    ]);
    const today = localDate(new Date(), EARLY);
    expect(today > localDate(new Date(), LATE)).toBe(true);
    for (const { actor } of [own, batched]) {
      expect(await recordOwnCertificate(testDb(), actor, { ...CONTENT, dateIssued: today })).toMatchObject({
        ok: true,
      });
    }
    const tooEarly = { code: "invalid", fields: { dateIssued: "This day has not come yet." } };
    expect(await recordOwnCertificate(testDb(), academys.actor, { ...CONTENT, dateIssued: today })).toMatchObject(
      tooEarly,
    );
    const dateIssued = addDays(today, 1);
    expect(await recordOwnCertificate(testDb(), own.actor, { ...CONTENT, dateIssued })).toMatchObject(tooEarly);
    const id = await record(own.actor);
    const expired = { ...CONTENT, dateExpired: "2026-02-28", version: 1 };
    expect(await editOwnCertificate(testDb(), own.actor, id, expired)).toMatchObject({
      fields: { dateExpired: "It would expire before it was issued." },
    });
    expect(await of(academys.studentId)).toEqual([]);
  });

  it("is nobody else's: another's is as if it were not there, and what the academy issued stays as it is", async () => {
    const [me, other] = [await student(), await student()];
    const [staff, admin] = [
      await createUser(testDb(), { role: "instructor" }),
      await createUser(testDb(), { role: "admin" }),
    ];
    const theirs = await record(other.actor);
    const issued = await issueTo(me.studentId);
    const issuedToOther = await issueTo(other.studentId);
    const before = [...(await of(me.studentId)), ...(await of(other.studentId))];
    const attempts = (actor: Actor, id: number) =>
      Promise.all([
        editOwnCertificate(testDb(), actor, id, { ...CONTENT, name: "Mine", version: 1 }),
        deleteOwnCertificate(testDb(), actor, id),
      ]).then((answers) => answers.map((each) => (each.ok ? "ok" : each.code)));
    expect(await attempts(me.actor, theirs)).toEqual(["not_found", "not_found"]);
    expect(await attempts(me.actor, issuedToOther)).toEqual(["not_found", "not_found"]);
    expect(await attempts(me.actor, issued)).toEqual(["conflict", "conflict"]);
    for (const actor of [acting(staff), acting(admin), { type: "system", job: "test" } as const]) {
      expect(await attempts(actor, theirs)).toEqual(["forbidden", "forbidden"]);
      expect(await recordOwnCertificate(testDb(), actor, CONTENT)).toMatchObject({ code: "forbidden" });
    }
    expect([...(await of(me.studentId)), ...(await of(other.studentId))]).toEqual(before);
  });

  it(`is changed by one of student and staff at the same moment, ${ROUNDS} times, and the other sees what was saved`, async () => {
    const admin = acting(await createUser(testDb(), { role: "admin", name: "Ada Admin" }));
    const me = await student({ name: "Ana Sol" });
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await record(me.actor);
      const results = await Promise.all([
        editOwnCertificate(testDb(), me.actor, id, { ...CONTENT, name: "By me", version: 1 }),
        editCertificate(testDb(), admin, id, { ...CONTENT, name: "By staff", version: 1 }),
      ]);
      const [row] = await testDb().select().from(certificate).where(eq(certificate.id, id));
      const told = results.filter((each) => !each.ok);
      expect(told).toHaveLength(1);
      const [by, kept] = results[0].ok ? ["Ana Sol", "By me"] : ["Ada Admin", "By staff"];
      expect(row).toMatchObject({ name: kept, version: 2 });
      expect(told[0]).toMatchObject({ code: "conflict", current: { version: 2, by, values: { name: kept } } });
    }
  });
});
