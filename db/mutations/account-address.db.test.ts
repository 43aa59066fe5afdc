import { and, desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getOpenLink } from "@/db/queries/user-token";
import { auditEvent, outbox, user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import { drainOutbox } from "@/lib/notify/drain";
import { linkToken, newLink } from "@/lib/notify/link-token";
import { createSendingIo, createTestMailer } from "@/lib/notify/testing/io";
import { signUp } from "./account";
import { confirmEmail, requestEmailChange, requestVerification } from "./account-address";
import { requestPasswordReset } from "./account-password";

const db = testDb();
let serial = 0;
const fresh = () => `fresh-${++serial}@example.test`;
const account = async (id: number) => (await db.select().from(user).where(eq(user.id, id)))[0];

/** Sends what waits; who got what. */
async function send() {
  const mail = createTestMailer();
  await drainOutbox(createSendingIo(db).io, { mail });
  return mail.mails;
}

/** Asks for another address and returns what the link in the mail carries. */
async function askFor(userId: number, email: string): Promise<string> {
  const link = newLink("verify");
  const result = await requestEmailChange(db, userId, email, link);
  if (!result.ok) throw new Error(result.message);
  return linkToken("verify", link.nonce);
}

describe("an address", () => {
  it("is asked about with the sign-up, and confirmed by the link in that mail", async () => {
    const email = fresh();
    const verifyLink = newLink("verify");
    const result = await signUp(
      db,
      { name: "Zoe Quill", email, passwordHash: "x", verifyLink },
      { ip: null, userAgent: null },
    );
    if (!result.ok) throw new Error(result.message);
    const token = linkToken("verify", verifyLink.nonce);
    const [mail] = await send();
    expect(mail).toMatchObject({
      to: { address: email },
      text: expect.stringContaining(`/verify-email?token=${token}`),
    });
    expect(await account(result.data.userId)).toMatchObject({ emailVerifiedAt: null });
    expect(await confirmEmail(db, token)).toMatchObject({ ok: true });
    expect(await account(result.data.userId)).toMatchObject({ email, emailVerifiedAt: expect.any(Date) });
    expect(await confirmEmail(db, token)).toMatchObject({ ok: false, code: "conflict" });
    expect(await requestVerification(db, result.data.userId, newLink("verify"))).toMatchObject({ code: "conflict" });
  });

  it("gets no mail for a link that a newer one has replaced", async () => {
    const person = await createUser(db);
    await requestVerification(db, person.id, newLink("verify"));
    const newer = newLink("verify");
    await requestVerification(db, person.id, newer);
    const mails = await send();
    expect(mails.map(({ to }) => to.address)).toEqual([person.email]);
    expect(mails[0]?.text).toContain(linkToken("verify", newer.nonce));
  });
});

describe("another address", () => {
  it("counts once its own link is followed; the old one is warned, and its reset links end", async () => {
    const person = await createUser(db, { emailVerifiedAt: new Date() });
    const email = fresh();
    const token = await askFor(person.id, email);
    const reset = newLink("reset");
    await requestPasswordReset(db, person.email, reset);
    expect(await account(person.id)).toMatchObject({ email: person.email, pendingEmail: email });
    expect(await getOpenLink(db, "verify", token)).toMatchObject({ email });

    // Quicker than the mail: the warning still goes to the old address.
    expect(await confirmEmail(db, token)).toMatchObject({ ok: true, data: { email } });
    const mails = await send();
    expect(mails.map(({ to, subject }) => [to.address, subject])).toEqual([
      [person.email, expect.stringContaining("about to change")],
    ]);
    expect(mails[0]?.text).not.toContain(email);
    expect(await account(person.id)).toMatchObject({ email, pendingEmail: null, emailVerifiedAt: expect.any(Date) });
    expect(await getOpenLink(db, "reset", linkToken("reset", reset.nonce))).toBeNull();
    const changed = and(eq(auditEvent.subjectId, person.id), eq(auditEvent.action, "user.change-email"));
    expect(await db.select().from(auditEvent).where(changed)).toMatchObject([
      { actorUserId: person.id, before: { email: person.email }, after: { email } },
    ]);
  });

  it("is mailed to the new mailbox, the warning to the old", async () => {
    const person = await createUser(db);
    const email = fresh();
    const token = await askFor(person.id, email);
    const mails = await send();
    expect(new Map(mails.map(({ to, text }) => [to.address, text.includes(token)]))).toEqual(
      new Map([
        [email, true],
        [person.email, false],
      ]),
    );
  });

  it("is refused at once when it is another account's, or one's own", async () => {
    const [person, other] = [await createUser(db), await createUser(db)];
    for (const email of [other.email, person.email]) {
      const result = await requestEmailChange(db, person.id, email, newLink("verify"));
      expect(result).toMatchObject({ code: "conflict", fields: { email: expect.any(String) } });
    }
    expect(await account(person.id)).toMatchObject({ pendingEmail: null });
  });

  it("is refused with words when another account has it by then, and nothing changes", async () => {
    const person = await createUser(db);
    const email = fresh();
    const token = await askFor(person.id, email);
    await createUser(db, { email });
    const result = await confirmEmail(db, token);
    expect(result).toMatchObject({ ok: false, code: "conflict", message: expect.stringContaining("Another account") });
    expect(await account(person.id)).toMatchObject({ email: person.email, emailVerifiedAt: null });
  });

  it("goes to one of two people who follow their links for it at the same moment", async () => {
    const [ada, bela] = [await createUser(db), await createUser(db)];
    const email = fresh();
    const tokens = [await askFor(ada.id, email), await askFor(bela.id, email)];
    const results = await Promise.all(tokens.map((token) => confirmEmail(db, token)));
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await db.$count(user, eq(user.email, email))).toBe(1);
  });

  it("is not confirmed by the link of an earlier wish", async () => {
    const person = await createUser(db);
    const first = await askFor(person.id, fresh());
    const wanted = fresh();
    await askFor(person.id, wanted);
    expect(await confirmEmail(db, first)).toMatchObject({ ok: false });
    expect(await account(person.id)).toMatchObject({ email: person.email, pendingEmail: wanted });
  });
});

it("a sign-up that is refused leaves no notice behind", async () => {
  const person = await createUser(db);
  const [before] = await db.select({ id: outbox.id }).from(outbox).orderBy(desc(outbox.id)).limit(1);
  const again = { name: "Zoe", email: person.email, passwordHash: "x", verifyLink: newLink("verify") };
  expect(await signUp(db, again, { ip: null, userAgent: null })).toMatchObject({ code: "conflict" });
  const [after] = await db.select({ id: outbox.id }).from(outbox).orderBy(desc(outbox.id)).limit(1);
  expect(after).toEqual(before);
});
