import { and, count, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, type batch, enrolment, keyUse, session, student, user } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { newLink } from "@/lib/notify/link-token";
import { redeemRegistrationKey, signUp, signUpStudent } from "./account";

const DEVICE = { ip: "192.0.2.7", userAgent: "a test" };
let serial = 0;
const account = (email = `new-${++serial}@example.test`) => ({
  name: "New Person",
  email,
  passwordHash: "x",
  verifyLink: newLink("verify"),
});
const openBatch = (values: Partial<typeof batch.$inferInsert> = {}) =>
  createBatch(testDb(), { startDate: "2020-01-06", endDate: "2099-12-18", ...values });

/** How many rows a sign-up can have written, of every kind. */
async function rowCounts() {
  const [row] = await testSql()`
    select (select count(*)::int from "user") as users, (select count(*)::int from student) as students,
      (select count(*)::int from enrolment) as enrolments, (select count(*)::int from key_use) as uses,
      (select count(*)::int from session) as sessions, (select count(*)::int from audit_event) as events`;
  return { ...row };
}

describe("old defect 3: an e-mail address in another case made a second account", () => {
  it("is refused beside the field, however the caller spells it", async () => {
    expect(await signUp(testDb(), account("ada@example.test"), DEVICE)).toMatchObject({ ok: true });
    const before = await rowCounts();
    const again = await signUp(testDb(), account("ada@example.test"), DEVICE);
    expect(again).toMatchObject({ ok: false, code: "conflict", fields: { email: expect.stringContaining("already") } });
    const { registrationKey } = await openBatch();
    const asStudent = await signUpStudent(testDb(), account("ada@example.test"), registrationKey, DEVICE);
    expect(asStudent).toMatchObject({ code: "conflict" });
    expect(await rowCounts()).toEqual(before);
  });

  it("is refused by the table itself: upper case and spaces cannot be stored", async () => {
    for (const email of ["Ada@example.test", " ada2@example.test", "no-at-sign"]) {
      const insert = testSql()`insert into "user" (name, email) values ('Ada', ${email})`;
      await expect(insert).rejects.toMatchObject({ constraint_name: "user_email_lower" });
    }
  });
});

describe("a plain sign-up", () => {
  it("makes a waiting user with a session and an audit event, and nothing of a student", async () => {
    const result = await signUp(testDb(), account(), DEVICE);
    if (!result.ok) throw new Error(result.message);
    const { userId } = result.data;
    const [person] = await testDb().select().from(user).where(eq(user.id, userId));
    expect(person).toMatchObject({ role: "user", lastSignInAt: expect.any(Date) });
    expect(await testDb().$count(session, eq(session.userId, userId))).toBe(1);
    expect(await testDb().$count(student, eq(student.userId, userId))).toBe(0);
    const events = await testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, userId));
    expect(events).toMatchObject([{ action: "user.sign-up", actorUserId: userId, after: { role: "user" } }]);
  });
});

describe("a registration key", () => {
  const past = new Date(Date.now() - 60_000);
  it.each([
    ["is switched off", { keyActive: false }],
    ["has expired", { keyExpiresAt: past }],
    ["belongs to an archived batch", { archivedAt: past }],
    ["belongs to a batch that is over", { endDate: "2020-12-18" }],
  ])("is refused when it %s, and nothing is half-written", async (_, values) => {
    const { registrationKey } = await openBatch(values);
    const before = await rowCounts();
    const result = await signUpStudent(testDb(), account(), registrationKey, DEVICE);
    expect(result).toMatchObject({ code: "invalid", fields: { registrationKey: expect.any(String) } });
    expect(await signUpStudent(testDb(), account(), "NO-SUCH-KEY", DEVICE)).toMatchObject({ code: "invalid" });
    expect(await rowCounts()).toEqual(before);
  });

  it("lets in exactly its five uses when twenty come at once", async () => {
    const opened = await openBatch({ keyMaxUses: 5 });
    const before = await rowCounts();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => signUpStudent(testDb(), account(), opened.registrationKey, DEVICE)),
    );
    expect(results.filter((each) => each.ok)).toHaveLength(5);
    expect(results.filter((each) => !each.ok && each.code === "invalid")).toHaveLength(15);
    const after = (await rowCounts()) as Record<string, number>;
    const added = Object.fromEntries(Object.entries(after).map(([key, n]) => [key, n - (before[key as never] ?? 0)]));
    expect(added).toEqual({ users: 5, students: 5, enrolments: 5, uses: 5, sessions: 5, events: 10 });
    expect(await testDb().$count(keyUse, eq(keyUse.batchId, opened.id))).toBe(5);
  });

  it("lets in exactly one when one use is left and ten come at once", async () => {
    const opened = await openBatch({ keyMaxUses: 2 });
    await signUpStudent(testDb(), account(), opened.registrationKey, DEVICE);
    const results = await Promise.all(
      Array.from({ length: 10 }, () => signUpStudent(testDb(), account(), opened.registrationKey, DEVICE)),
    );
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    expect(await testDb().$count(keyUse, eq(keyUse.batchId, opened.id))).toBe(2);
  });

  it("fills a batch to its last place and no further, and says that it is full", async () => {
    const opened = await openBatch({ capacity: 3 });
    await createStudent(testDb(), { batchId: opened.id, status: "paused", fromDate: "2021-01-04" });
    await createStudent(testDb(), { batchId: opened.id, status: "graduated", fromDate: "2021-01-04" });
    const results = await Promise.all(
      Array.from({ length: 8 }, () => signUpStudent(testDb(), account(), opened.registrationKey, DEVICE)),
    );
    expect(results.filter((each) => each.ok)).toHaveLength(2);
    const refused = results.filter((each) => !each.ok);
    expect(refused).toHaveLength(6);
    for (const each of refused) {
      expect(each).toMatchObject({
        code: "conflict",
        fields: { registrationKey: expect.stringContaining("no place") },
      });
    }
    const waiting = await createUser(testDb());
    const late = await redeemRegistrationKey(testDb(), waiting.id, opened.registrationKey);
    expect(late).toMatchObject({ code: "conflict", message: expect.stringContaining("no place") });
  });

  it("makes user, student and enrolment together, from the batch's first day when that is still ahead", async () => {
    const opened = await openBatch({ startDate: "2098-01-06" });
    const result = await signUpStudent(testDb(), account(), opened.registrationKey, DEVICE);
    if (!result.ok) throw new Error(result.message);
    const rows = await testDb()
      .select({ role: user.role, batchId: enrolment.batchId, from: enrolment.fromDate, status: enrolment.status })
      .from(user)
      .innerJoin(student, eq(student.userId, user.id))
      .innerJoin(enrolment, eq(enrolment.studentId, student.id))
      .where(eq(user.id, result.data.userId));
    expect(rows).toEqual([{ role: "student", batchId: opened.id, from: "2098-01-06", status: "active" }]);
  });
});

describe("redeeming a key on the waiting page", () => {
  it("makes a waiting user a student, once", async () => {
    const opened = await openBatch();
    const waiting = await createUser(testDb());
    const both = await Promise.all([
      redeemRegistrationKey(testDb(), waiting.id, opened.registrationKey),
      redeemRegistrationKey(testDb(), waiting.id, opened.registrationKey),
    ]);
    expect(both.filter((each) => each.ok)).toHaveLength(1);
    expect(await testDb().$count(keyUse, eq(keyUse.userId, waiting.id))).toBe(1);
    const enrolled = and(eq(auditEvent.subjectId, waiting.id), eq(auditEvent.action, "student.enrol"));
    expect(await testDb().$count(auditEvent, enrolled)).toBe(1);
  });

  it("old defect 5: a student could enrol themselves elsewhere; now nobody but a waiting user can", async () => {
    const [first, second] = [await openBatch(), await openBatch()];
    const enrolled = await createStudent(testDb(), { batchId: first.id });
    const admin = await createUser(testDb(), { role: "admin" });
    for (const { id } of [enrolled, admin]) {
      const result = await redeemRegistrationKey(testDb(), id, second.registrationKey);
      expect(result).toMatchObject({ ok: false, code: "conflict" });
    }
    const [there] = await testDb().select({ count: count() }).from(enrolment).where(eq(enrolment.batchId, second.id));
    expect(there?.count).toBe(0);
    expect(await testDb().$count(keyUse, eq(keyUse.batchId, second.id))).toBe(0);
  });

  it("sends a waiting user who has been a student before to staff", async () => {
    const former = await createStudent(testDb(), { role: "user" });
    const { registrationKey } = await openBatch();
    const result = await redeemRegistrationKey(testDb(), former.id, registrationKey);
    expect(result).toMatchObject({ ok: false, code: "conflict" });
  });
});
