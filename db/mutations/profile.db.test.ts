import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, session, user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { newLink } from "@/lib/notify/link-token";
import { requestEmailChange } from "./account-address";
import { changeProfile } from "./profile";
import { openSession } from "./session";
import { endOtherSessions, endOwnSession } from "./session-end";
import { editUser } from "./user-edit";

const db = testDb();
type Person = Awaited<ReturnType<typeof createUser>>;
const acting = ({ id, role }: Person): Actor => ({ type: "user", id, role });
const rowOf = async (id: number) => (await db.select().from(user).where(eq(user.id, id)))[0];
const eventsOf = (id: number) =>
  db
    .select({ action: auditEvent.action, before: auditEvent.before, after: auditEvent.after })
    .from(auditEvent)
    .where(sql`actor_user_id = ${id} and subject_type = 'user' and subject_id = ${id}`)
    .orderBy(auditEvent.id);

describe("one's own profile", () => {
  it("saves name, phone and zone, writes down what changed, and nothing when nothing did", async () => {
    const me = await createUser(db, { role: "student", name: "Ana", phone: null });
    const next = { name: "Ana Reyes", phone: "+44 20 7946 0018", timeZone: "Asia/Kathmandu" };
    expect(await changeProfile(db, acting(me), next, 1)).toMatchObject({ ok: true });
    expect(await rowOf(me.id)).toMatchObject({ ...next, version: 2, email: me.email, role: "student" });
    expect(await changeProfile(db, acting(me), next, 2)).toMatchObject({ ok: true });
    expect(await changeProfile(db, acting(me), { ...next, timeZone: null }, 2)).toMatchObject({ ok: true });
    expect(await rowOf(me.id)).toMatchObject({ timeZone: null, version: 3 });
    expect(await eventsOf(me.id)).toEqual([
      {
        action: "user.edit-profile",
        before: { name: "Ana", phone: null, timeZone: null },
        after: next,
      },
      { action: "user.edit-profile", before: { timeZone: "Asia/Kathmandu" }, after: { timeZone: null } },
    ]);
  });

  it("is saved from a form begun before one's own address changed: nothing that it showed has", async () => {
    const me = await createUser(db, { name: "Ana", phone: null });
    const seen = { name: "Ana", phone: null, timeZone: null };
    const typed = { ...seen, name: "Ana Reyes" };
    await requestEmailChange(db, me.id, "ana.reyes@example.com", newLink("verify"));
    expect(await rowOf(me.id)).toMatchObject({ version: 2 });
    expect(await changeProfile(db, acting(me), typed, 1)).toMatchObject({ code: "conflict" });
    expect(await changeProfile(db, acting(me), typed, 1, seen)).toMatchObject({ ok: true });
    expect(await rowOf(me.id)).toMatchObject({ name: "Ana Reyes", version: 3, pendingEmail: "ana.reyes@example.com" });
    // Of what the form showed, the name is another by now, whichever of its fields was typed in.
    const late = await changeProfile(db, acting(me), { ...seen, phone: "+1 2" }, 1, seen);
    expect(late).toMatchObject({ code: "conflict", current: { version: 3, values: { name: "Ana Reyes" } } });
    expect(await changeProfile(db, acting(me), typed, 1)).toMatchObject({ ok: true });
    expect(await rowOf(me.id)).toMatchObject({ name: "Ana Reyes", phone: null, version: 3 });
  });

  it("of the person and an admin who edit it at once tells the second what the first saved", async () => {
    const me = await createUser(db, { name: "Ana", phone: "+1 2" });
    const boss = await createUser(db, { role: "admin", name: "Mia" });
    const outcomes = await Promise.all([
      changeProfile(db, acting(me), { name: "Ana Mine", phone: "+1 2", timeZone: null }, 1),
      editUser(db, acting(boss), { userId: me.id }, { name: "Ana Theirs", phone: "+1 2", email: me.email }, 1),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const saved = await rowOf(me.id);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      code: "conflict",
      current: { version: 2, values: { name: saved?.name, phone: "+1 2" } },
    });
    expect(saved?.name).toBe(outcomes[0]?.ok ? "Ana Mine" : "Ana Theirs");
  });

  it("refuses a zone that Postgres does not know beside its field, and whoever is no person", async () => {
    const me = await createUser(db, { name: "Ana" });
    const edit = { name: "Ana", phone: null, timeZone: "Atlantis/Deep" };
    expect(await changeProfile(db, acting(me), edit, 1)).toMatchObject({
      code: "invalid",
      fields: { timeZone: expect.any(String) },
    });
    expect(await changeProfile(db, { type: "system", job: "sync-tick" }, edit, 1)).toMatchObject({ code: "forbidden" });
    expect(await rowOf(me.id)).toMatchObject({ timeZone: null, version: 1 });
    expect(await eventsOf(me.id)).toEqual([]);
  });
});

describe("one's own sign-ins", () => {
  const device = { ip: "192.0.2.7", userAgent: "a test" };
  const idsOf = async (userId: number) =>
    (await db.select({ id: session.id }).from(session).where(eq(session.userId, userId)).orderBy(session.id)).map(
      ({ id }) => id,
    );
  const openOf = async (userId: number) =>
    (
      await db
        .select({ id: session.id })
        .from(session)
        .where(sql`user_id = ${userId} and revoked_at is null`)
        .orderBy(session.id)
    ).map(({ id }) => id);
  const signedIn = async (times: number) => {
    const person = await createUser(db);
    for (let time = 0; time < times; time++) await openSession(db, person.id, device);
    return { person, actor: acting(person), ids: await idsOf(person.id) };
  };

  it("end one by one, but for this one; another person's is answered like one that never was", async () => {
    const [me, other] = [await signedIn(3), await signedIn(1)];
    const [current = 0, second = 0, third = 0] = me.ids;
    const end = (id: number) => endOwnSession(db, me.actor, { current, id });
    const both = await Promise.all([end(second), end(second)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ code: "not_found" });
    expect(await end(current)).toMatchObject({ code: "conflict" });
    const theirs = await end(other.ids[0] ?? 0);
    expect(theirs).toMatchObject({ code: "not_found" });
    expect(theirs).toEqual(await end(2_000_000_000));
    expect(await openOf(other.person.id)).toEqual(other.ids);
    expect(await openOf(me.person.id)).toEqual([current, third]);
    expect(await eventsOf(me.person.id)).toEqual([{ action: "user.end-sign-ins", before: null, after: { ended: 1 } }]);
  });

  it("end all at once but this one, for nobody else, and only those that hold", async () => {
    const [me, other] = [await signedIn(4), await signedIn(2)];
    const [current = 0, second = 0] = me.ids;
    await db.update(session).set({ expiresAt: sql`now() - interval '1 minute'` }).where(eq(session.id, second));
    expect(await endOtherSessions(db, me.actor, current)).toEqual({ ok: true, data: { ended: 2 } });
    expect(await openOf(me.person.id)).toEqual([current, second]);
    expect(await openOf(other.person.id)).toEqual(other.ids);
    expect(await endOtherSessions(db, me.actor, current)).toEqual({ ok: true, data: { ended: 0 } });
    expect(await eventsOf(me.person.id)).toHaveLength(1);
  });
});
