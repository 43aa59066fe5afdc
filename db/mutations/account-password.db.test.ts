import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { getOpenLink } from "@/db/queries/user-token";
import { auditEvent, outbox, session, user, userToken } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import { linkToken, newLink } from "@/lib/notify/link-token";
import { changePassword, requestPasswordReset, resetPassword } from "./account-password";
import { openSession } from "./session";

const db = testDb();
const DEVICE = { ip: null, userAgent: "a test" };
const openSessions = (userId: number) =>
  db.$count(session, sql`${session.userId} = ${userId} and ${session.revokedAt} is null`);
const account = async (id: number) => (await db.select().from(user).where(eq(user.id, id)))[0];

/** Asks for a reset and returns what the mail's link would carry. */
async function askFor(email: string): Promise<string> {
  const link = newLink("reset");
  await requestPasswordReset(db, email, link);
  return linkToken("reset", link.nonce);
}

describe("a link for a new password", () => {
  it("is stored as a hash, for an hour, and the outbox alone does not give it away", async () => {
    const person = await createUser(db);
    const token = await askFor(person.email);
    const [notice] = await db.select().from(outbox).orderBy(desc(outbox.id)).limit(1);
    expect(notice).toMatchObject({ userId: person.id, kind: "password-reset" });
    const stored = await db.execute(sql`
      select row_to_json(o)::text as text from outbox o
      union all select row_to_json(t)::text from user_token t
      union all select row_to_json(e)::text from audit_event e`);
    expect(JSON.stringify(stored)).not.toContain(token);
    const { nonce } = z.object({ nonce: z.string() }).parse(notice?.payload);
    expect(await getOpenLink(db, "reset", nonce)).toBeNull();
    const link = await getOpenLink(db, "reset", token);
    expect(link?.email).toBe(person.email);
    const minutes = ((link?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(59);
    expect(minutes).toBeLessThanOrEqual(60.1);
  });

  it("is written for nobody without an account, and for no disabled one", async () => {
    const disabled = await createUser(db, { disabledAt: new Date() });
    const before = await db.$count(outbox);
    await askFor("nobody@example.test");
    await askFor(disabled.email);
    expect(await db.$count(outbox)).toBe(before);
  });

  it("sets the password, ends every session and change under way, and proves the address", async () => {
    const person = await createUser(db, { passwordHash: "old", pendingEmail: "thief@example.test" });
    await openSession(db, person.id, DEVICE);
    await openSession(db, person.id, DEVICE);
    const token = await askFor(person.email);
    expect(await resetPassword(db, token, "new")).toMatchObject({ ok: true });
    expect(await account(person.id)).toMatchObject({
      passwordHash: "new",
      pendingEmail: null,
      emailVerifiedAt: expect.any(Date),
    });
    expect(await openSessions(person.id)).toBe(0);
    const events = await db.select().from(auditEvent).where(eq(auditEvent.subjectId, person.id));
    expect(events).toMatchObject([
      { action: "user.reset-password", actorUserId: person.id, before: null, after: null },
    ]);
  });

  it("serves somebody who was invited and never had a password", async () => {
    const person = await createUser(db, { passwordHash: null });
    expect(await resetPassword(db, await askFor(person.email), "first")).toMatchObject({ ok: true });
    expect(await account(person.id)).toMatchObject({ passwordHash: "first" });
  });

  it("works once, also when it is followed ten times at the same moment", async () => {
    const person = await createUser(db);
    const token = await askFor(person.email);
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => resetPassword(db, token, `new-${n}`)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((each) => !each.ok && each.code === "conflict")).toHaveLength(9);
    const winner = results.findIndex(({ ok }) => ok);
    expect((await account(person.id))?.passwordHash).toBe(`new-${winner}`);
    expect(await resetPassword(db, token, "again")).toMatchObject({ ok: false });
  });

  it("ends when a newer one is asked for, also by several at once", async () => {
    const person = await createUser(db);
    const first = await askFor(person.email);
    const tokens = await Promise.all([askFor(person.email), askFor(person.email), askFor(person.email)]);
    const open = await Promise.all([first, ...tokens].map((each) => getOpenLink(db, "reset", each)));
    expect(open.filter(Boolean)).toHaveLength(1);
    expect(await resetPassword(db, first, "x")).toMatchObject({ ok: false });
  });

  it.each([
    ["its hour is over", (id: number) => sql`update user_token set expires_at = now() where user_id = ${id}`],
    ["the account was disabled", (id: number) => sql`update "user" set disabled_at = now() where id = ${id}`],
    ["the address has changed", (id: number) => sql`update "user" set email = 'x' || email where id = ${id}`],
  ])("does nothing once %s", async (_, change) => {
    const person = await createUser(db, { passwordHash: "old" });
    const token = await askFor(person.email);
    await db.execute(change(person.id));
    expect(await resetPassword(db, token, "new")).toMatchObject({ ok: false });
    expect(await account(person.id)).toMatchObject({ passwordHash: "old" });
  });

  it("is no link of another kind", async () => {
    const person = await createUser(db);
    const token = await askFor(person.email);
    await db.update(userToken).set({ kind: "verify" }).where(eq(userToken.userId, person.id));
    expect(await resetPassword(db, token, "new")).toMatchObject({ ok: false });
    expect(linkToken("verify", "n")).not.toBe(linkToken("reset", "n"));
  });
});

it("changing one's own password ends the other sessions and open reset links, not this session", async () => {
  const person = await createUser(db, { passwordHash: "old" });
  await openSession(db, person.id, DEVICE);
  await openSession(db, person.id, DEVICE);
  const [own] = await db.select().from(session).where(eq(session.userId, person.id));
  const token = await askFor(person.email);
  expect(await changePassword(db, { userId: person.id, sessionId: own?.id ?? 0 }, "new")).toMatchObject({ ok: true });
  expect(await openSessions(person.id)).toBe(1);
  const [kept] = await db
    .select()
    .from(session)
    .where(eq(session.id, own?.id ?? 0));
  expect(kept?.revokedAt).toBeNull();
  expect(await getOpenLink(db, "reset", token)).toBeNull();
});
