import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { getImportHome, getInvitation } from "@/db/queries/invitation";
import { getViewerBySessionId } from "@/db/queries/session";
import { auditEvent, enrolment, outbox, student, user, userToken } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { linkToken, newLink } from "@/lib/notify/link-token";
import { requestPasswordReset, resetPassword } from "./account-password";
import { acceptInvitation, type Invitee, invitePerson, resendInvitation } from "./invite";

const db = testDb();
const DEVICE = { ip: null, userAgent: "a test" };
let admin: Actor;
let batchId: number;
let serial = 0;

beforeAll(async () => {
  admin = { type: "user", id: (await createUser(db, { role: "admin" })).id, role: "admin" };
  batchId = (await createBatch(db, { name: "Spring", endDate: "2099-01-01" })).id;
});

const account = async (id: number) => (await db.select().from(user).where(eq(user.id, id)))[0];

/** Invites somebody; returns them with what the mail's link would carry. */
async function invited(role: "student" | "instructor" = "student") {
  serial += 1;
  const who = { name: `Guest ${serial}`, email: `guest-${serial}@x.test` };
  const invitee: Invitee = role === "student" ? { ...who, role, batchId } : { ...who, role };
  const result = await invitePerson(db, admin, invitee, newLink("invite"));
  if (!result.ok) throw new Error(result.message);
  return { ...who, userId: result.data.userId, token: await lastToken(result.data.userId) };
}

/** Derived as the sender does it, from what lies in the outbox. */
async function lastToken(userId: number): Promise<string> {
  const [notice] = await db
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.userId, userId), eq(outbox.kind, "invitation")))
    .orderBy(sql`id desc`)
    .limit(1);
  return linkToken("invite", z.object({ nonce: z.string() }).parse(notice?.payload).nonce);
}

const statuses = async (userId: number) =>
  (
    await db
      .select({ status: enrolment.status })
      .from(enrolment)
      .innerJoin(student, eq(student.id, enrolment.studentId))
      .where(eq(student.userId, userId))
      .orderBy(enrolment.fromDate)
  ).map(({ status }) => status);

const accept = (token: string, timeZone?: string) =>
  acceptInvitation(db, token, { passwordHash: "chosen", timeZone }, DEVICE);

describe("an invitation", () => {
  it("makes a student who waits, and is a secret that nothing holds", async () => {
    const { userId, name, email, token } = await invited();
    expect(await account(userId)).toMatchObject({ role: "student", passwordHash: null, emailVerifiedAt: null });
    expect(await statuses(userId)).toEqual(["invited"]);
    const stored = await db.execute(sql`
      select row_to_json(o)::text as text from outbox o
      union all select row_to_json(t)::text from user_token t
      union all select row_to_json(e)::text from audit_event e`);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await getInvitation(db, token)).toMatchObject({
      state: "open",
      name,
      email,
      batch: "Spring",
      role: "student",
    });
    expect(await getInvitation(db, `${token}x`)).toBeNull();
  });

  it("taken up gives the password, proves the address, makes the enrolment active and opens a session, once", async () => {
    const { userId, token } = await invited();
    const result = await accept(token, "Asia/Tokyo");
    if (!result.ok) throw new Error(result.message);
    expect(await getViewerBySessionId(db, result.data.sid)).toMatchObject({ id: userId, role: "student" });
    const person = await account(userId);
    expect(person).toMatchObject({ passwordHash: "chosen", timeZone: "Asia/Tokyo" });
    expect(person?.emailVerifiedAt).toBeInstanceOf(Date);
    expect(await statuses(userId)).toEqual(["active"]);
    expect(await getInvitation(db, token)).toMatchObject({ state: "accepted" });
    expect(await accept(token)).toMatchObject({ ok: false, code: "conflict" });
    const events = await db
      .select({ action: auditEvent.action, actor: auditEvent.actorUserId, before: auditEvent.before })
      .from(auditEvent)
      .where(eq(auditEvent.actorUserId, userId))
      .orderBy(auditEvent.id);
    expect(events.map(({ action }) => action)).toEqual(["user.accept-invitation", "student.change-status"]);
    expect(events[1]?.before).toMatchObject({ batch: "Spring", status: "invited" });
  });

  it("that waited for days keeps the days on which it was an invitation", async () => {
    const { userId, token } = await invited();
    await db.execute(sql`
      update enrolment set from_date = '2026-01-05'
      where student_id = (select id from student where user_id = ${userId})`);
    expect(await accept(token, "Not/A_Zone")).toMatchObject({ ok: true });
    expect(await statuses(userId)).toEqual(["invited", "active"]);
    expect((await account(userId))?.timeZone).toBeNull();
  });

  it("is taken up by one of two who follow it at the same moment", async () => {
    const { token } = await invited();
    const results = await Promise.all([accept(token), accept(token), accept(token)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("to teach needs no batch", async () => {
    const { userId, token } = await invited("instructor");
    expect(await accept(token)).toMatchObject({ ok: true, data: { role: "instructor" } });
    expect(await db.$count(student, eq(student.userId, userId))).toBe(0);
  });

  it("sent again stops the earlier one; neither works once expired, disabled or for another address", async () => {
    const { userId, token: first } = await invited();
    expect(await resendInvitation(db, admin, userId, newLink("invite"))).toMatchObject({ ok: true });
    const second = await lastToken(userId);
    expect(second).not.toBe(first);
    expect(await getInvitation(db, first)).toMatchObject({ state: "over" });
    expect(await accept(first)).toMatchObject({ ok: false });
    const is = async (state: string) => {
      expect(await getInvitation(db, second)).toMatchObject({ state });
      if (state !== "open") expect(await accept(second)).toMatchObject({ ok: false });
    };
    await is("open");
    await db.update(user).set({ disabledAt: new Date() }).where(eq(user.id, userId));
    await is("over");
    expect(await resendInvitation(db, admin, userId, newLink("invite"))).toMatchObject({ ok: false });
    await db
      .update(user)
      .set({ disabledAt: null, email: `moved-${userId}@x.test` })
      .where(eq(user.id, userId));
    await is("over");
  });

  it("is over after seven days", async () => {
    const { userId, token } = await invited();
    const [link] = await db.select().from(userToken).where(eq(userToken.userId, userId));
    expect((link?.expiresAt.getTime() ?? 0) - (link?.createdAt.getTime() ?? 0)).toBe(7 * 86_400_000);
    await db.update(userToken).set({ expiresAt: sql`now()` }).where(eq(userToken.userId, userId));
    expect(await getInvitation(db, token)).toMatchObject({ state: "over" });
    expect(await accept(token)).toMatchObject({ ok: false });
    expect((await account(userId))?.passwordHash).toBeNull();
  });

  it("is taken up, too, by whoever asks for a new password instead; its link is then over", async () => {
    const { userId, email, token } = await invited();
    const link = newLink("reset");
    await requestPasswordReset(db, email, link);
    expect(await resetPassword(db, linkToken("reset", link.nonce), "chosen")).toMatchObject({ ok: true });
    expect(await statuses(userId)).toEqual(["active"]);
    expect(await getInvitation(db, token)).toMatchObject({ state: "accepted" });
    expect(await accept(token)).toMatchObject({ ok: false });
    expect(await resendInvitation(db, admin, userId, newLink("invite"))).toMatchObject({ ok: false, code: "conflict" });
  });
});

describe("inviting", () => {
  it("is refused for an address that is taken, and leaves nothing behind without a batch that can be joined", async () => {
    const { email } = await invited();
    const again: Invitee = { name: "Other", email, role: "instructor" };
    expect(await invitePerson(db, admin, again, newLink("invite"))).toMatchObject({
      ok: false,
      fields: { email: expect.stringContaining("account with this e-mail address") },
    });
    const nowhere: Invitee = { name: "Other", email: "nowhere@x.test", role: "student", batchId: 0 };
    expect(await invitePerson(db, admin, nowhere, newLink("invite"))).toMatchObject({
      ok: false,
      fields: { batchId: expect.any(String) },
    });
    expect(await db.$count(user, eq(user.email, "nowhere@x.test"))).toBe(0);
  });

  it("is for admins", async () => {
    const teacher: Actor = { type: "user", id: (await createUser(db, { role: "instructor" })).id, role: "instructor" };
    const { userId } = await invited();
    const somebody: Invitee = { name: "Other", email: "other@x.test", role: "student", batchId };
    expect(await invitePerson(db, teacher, somebody, newLink("invite"))).toMatchObject({ code: "forbidden" });
    expect(await resendInvitation(db, teacher, userId, newLink("invite"))).toMatchObject({ code: "forbidden" });
  });

  it("shows who has not accepted yet, each once, the newest first", async () => {
    const waiting = await invited();
    const accepted = await invited();
    await accept(accepted.token);
    await resendInvitation(db, admin, waiting.userId, newLink("invite"));
    const { invitations, batches } = await getImportHome(db, 2);
    expect(invitations.rows[0]).toMatchObject({ userId: waiting.userId, batch: "Spring", expired: false });
    expect(invitations.rows).toHaveLength(2);
    expect(invitations.total).toBeGreaterThan(2);
    const all = (await getImportHome(db, 100)).invitations.rows.map(({ userId }) => userId);
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain(accepted.userId);
    expect(batches).toContainEqual({ id: batchId, name: "Spring" });
  });
});
