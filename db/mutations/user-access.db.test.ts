import { and, eq, isNull, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getViewerBySessionId } from "@/db/queries/session";
import { auditEvent, outbox, session, user, userToken } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { hashToken } from "@/lib/auth/session-token";
import { openSession } from "./session";
import { disableUser, enableUser, sendPasswordReset, signOutUser } from "./user-access";

type Person = Awaited<ReturnType<typeof createUser>>;
const acting = ({ id, role }: Person): Actor => ({ type: "user", id, role });
const device = { ip: null, userAgent: null };
const admin = () => createUser(testDb(), { role: "admin" });
const rowOf = async (id: number) => (await testDb().select().from(user).where(eq(user.id, id)))[0];
const eventsAbout = (id: number) =>
  testDb()
    .select({ action: auditEvent.action, before: auditEvent.before, after: auditEvent.after })
    .from(auditEvent)
    .where(sql`subject_type = 'user' and subject_id = ${id}`)
    .orderBy(auditEvent.id);
const openSessions = (id: number) => testDb().$count(session, and(eq(session.userId, id), isNull(session.revokedAt)));
let links = 0;
const link = () => {
  links += 1;
  return { nonce: `nonce-${links}`, tokenHash: hashToken(`token-${links}`) };
};

describe("disabling and enabling", () => {
  it("holds from the next request on, says why, and is undone without bringing old sessions back", async () => {
    const [boss, person] = [await admin(), await createUser(testDb())];
    const sid = await openSession(testDb(), person.id, device);
    expect(await getViewerBySessionId(testDb(), sid)).toMatchObject({ id: person.id });
    expect(await disableUser(testDb(), acting(boss), person.id, "left")).toMatchObject({ ok: true });
    expect(await getViewerBySessionId(testDb(), sid)).toBeNull();
    expect(await rowOf(person.id)).toMatchObject({ disabledReason: "left", version: 2 });
    expect(await disableUser(testDb(), acting(boss), person.id, "again")).toMatchObject({ code: "conflict" });

    expect(await enableUser(testDb(), acting(boss), person.id)).toMatchObject({ ok: true });
    expect(await rowOf(person.id)).toMatchObject({ disabledAt: null, disabledReason: null, version: 3 });
    expect(await getViewerBySessionId(testDb(), sid)).toBeNull();
    expect(await enableUser(testDb(), acting(boss), person.id)).toMatchObject({ code: "conflict" });
    expect(await eventsAbout(person.id)).toEqual([
      { action: "user.disable", before: { disabled: false }, after: { disabled: true, reason: "left" } },
      { action: "user.enable", before: { disabled: true, reason: "left" }, after: { disabled: false } },
    ]);
  });

  it("is an admin's, and nobody's own", async () => {
    const [boss, teacher] = [await admin(), await createUser(testDb(), { role: "instructor" })];
    const gone = await createUser(testDb(), { disabledAt: new Date() });
    expect(await enableUser(testDb(), acting(teacher), gone.id)).toMatchObject({ code: "forbidden" });
    expect(await disableUser(testDb(), acting(boss), boss.id, "x")).toMatchObject({ code: "forbidden" });
    expect(await enableUser(testDb(), acting(boss), 2_000_000_000)).toMatchObject({ code: "not_found" });
    expect(await eventsAbout(gone.id)).toEqual([]);
  });
});

describe("signing somebody out", () => {
  it("ends all their sessions and nobody else's, and leaves the account as it is", async () => {
    const [boss, person] = [await admin(), await createUser(testDb())];
    await openSession(testDb(), person.id, device);
    await openSession(testDb(), person.id, device);
    await openSession(testDb(), boss.id, device);
    expect(await signOutUser(testDb(), acting(boss), person.id)).toMatchObject({ ok: true });
    expect([await openSessions(person.id), await openSessions(boss.id)]).toEqual([0, 1]);
    expect(await rowOf(person.id)).toMatchObject({ disabledAt: null, version: 1 });
    expect(await eventsAbout(person.id)).toEqual([{ action: "user.sign-out", before: null, after: null }]);
  });

  it("is an admin's, and not of oneself", async () => {
    const [boss, teacher] = [await admin(), await createUser(testDb(), { role: "instructor" })];
    await openSession(testDb(), boss.id, device);
    for (const actor of [teacher, boss]) {
      expect(await signOutUser(testDb(), acting(actor), boss.id)).toMatchObject({ code: "forbidden" });
    }
    expect(await openSessions(boss.id)).toBe(1);
  });
});

describe("a link for a new password", () => {
  it("goes out once per asking, closes the one before, and is no secret of the log", async () => {
    const [boss, person] = [await admin(), await createUser(testDb())];
    const second = link();
    expect(await sendPasswordReset(testDb(), acting(boss), person.id, link())).toMatchObject({ ok: true });
    expect(await sendPasswordReset(testDb(), acting(boss), person.id, second)).toMatchObject({
      data: { email: person.email },
    });
    const open = await testDb()
      .select({ hash: userToken.tokenHash })
      .from(userToken)
      .where(and(eq(userToken.userId, person.id), sql`expires_at > now()`));
    expect(open.map(({ hash }) => hash.toString("hex"))).toEqual([second.tokenHash.toString("hex")]);
    expect(await testDb().$count(outbox, eq(outbox.userId, person.id))).toBe(2);
    const events = await eventsAbout(person.id);
    expect(events.map(({ action }) => action)).toEqual(["user.send-password-reset", "user.send-password-reset"]);
    expect(JSON.stringify(events)).not.toContain("nonce");
  });

  it("is not sent to who is disabled, nor by who is no admin", async () => {
    const [boss, teacher] = [await admin(), await createUser(testDb(), { role: "instructor" })];
    const [gone, person] = [await createUser(testDb(), { disabledAt: new Date() }), await createUser(testDb())];
    expect(await sendPasswordReset(testDb(), acting(boss), gone.id, link())).toMatchObject({ code: "conflict" });
    expect(await sendPasswordReset(testDb(), acting(teacher), person.id, link())).toMatchObject({ code: "forbidden" });
    expect(await testDb().$count(outbox, sql`user_id in (${gone.id}, ${person.id})`)).toBe(0);
  });
});
