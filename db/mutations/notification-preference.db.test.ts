import { and, eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { auditEvent, notificationPreference, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { changePreference, changePreferenceByLink, type Preference } from "./notification-preference";

const db = testDb();
afterEach(() => db.delete(setting));

const connectBot = () => db.insert(setting).values({ key: "slack_webhook", value: { kind: "bot" } });
const rowsOf = (userId: number) =>
  db
    .select({
      kind: notificationPreference.kind,
      mail: notificationPreference.mail,
      slack: notificationPreference.slack,
    })
    .from(notificationPreference)
    .where(eq(notificationPreference.userId, userId))
    .orderBy(notificationPreference.kind);
const auditOf = (userId: number) =>
  db
    .select({ before: auditEvent.before, after: auditEvent.after, actor: auditEvent.actorUserId })
    .from(auditEvent)
    .where(and(eq(auditEvent.action, "notification.change"), eq(auditEvent.subjectId, userId)))
    .orderBy(auditEvent.id);

async function scene() {
  const person = await createStudent(db);
  const actor: Actor = { type: "user", id: person.id, role: "student" };
  const change = (group: Preference["group"], way: Preference["way"], on: boolean) =>
    changePreference(db, actor, person.id, { group, way, on });
  return { person, actor, change };
}

describe("what somebody is told", () => {
  it("is switched one way at a time, and written down once for each change", async () => {
    const { person, change } = await scene();
    await connectBot();
    expect(await change("reminders", "mail", true)).toMatchObject({ ok: true });
    expect(await rowsOf(person.id)).toEqual([]);
    for (let time = 0; time < 2; time++) expect(await change("reminders", "mail", false)).toMatchObject({ ok: true });
    await change("reminders", "slack", true);
    expect(await rowsOf(person.id)).toEqual([{ kind: "reminders", mail: false, slack: true }]);
    expect(await auditOf(person.id)).toEqual([
      {
        actor: person.id,
        before: { about: "reminders", mail: true },
        after: { about: "reminders", mail: false },
      },
      {
        actor: person.id,
        before: { about: "reminders", slack: false },
        after: { about: "reminders", slack: true },
      },
    ]);
  });

  it("keeps both, when mail and Slack are switched at the same moment", async () => {
    await connectBot();
    for (let round = 0; round < 5; round++) {
      const { person, change } = await scene();
      await Promise.all([change("places", "mail", false), change("places", "slack", true)]);
      expect(await rowsOf(person.id)).toEqual([{ kind: "places", mail: false, slack: true }]);
    }
  });

  it("is never another's to change", async () => {
    const { actor } = await scene();
    const other = await createStudent(db);
    const asked = { group: "reminders", way: "mail", on: false } as const;
    expect(await changePreference(db, actor, other.id, asked)).toMatchObject({ ok: false, code: "not_found" });
    const admin: Actor = { type: "user", id: (await createUser(db, { role: "admin" })).id, role: "admin" };
    expect(await changePreference(db, admin, other.id, asked)).toMatchObject({ ok: false, code: "not_found" });
    expect(await rowsOf(other.id)).toEqual([]);
  });

  it("keeps mail about the account, keeps its links out of Slack, and asks for nobody's bot", async () => {
    const { person, change } = await scene();
    expect(await change("account", "mail", false)).toMatchObject({ ok: false, code: "invalid" });
    expect(await change("reminders", "slack", true)).toMatchObject({ ok: false, code: "conflict" });
    await connectBot();
    expect(await change("account", "slack", true)).toMatchObject({ ok: false, code: "invalid" });
    await change("reminders", "slack", true);
    await db.delete(setting);
    // The bot is gone: leaving is still possible.
    expect(await change("reminders", "slack", false)).toMatchObject({ ok: true });
    expect(await rowsOf(person.id)).toEqual([{ kind: "reminders", mail: true, slack: false }]);
  });
});

describe("the link in a mail", () => {
  it("switches mail off and on again without touching Slack, and says in the log that it was the link", async () => {
    const { person, change } = await scene();
    await connectBot();
    await change("wakatime", "slack", true);
    const about = { userId: person.id, group: "wakatime" } as const;
    for (let time = 0; time < 2; time++)
      expect(await changePreferenceByLink(db, about, false)).toMatchObject({ ok: true });
    expect(await rowsOf(person.id)).toEqual([{ kind: "wakatime", mail: false, slack: true }]);
    await changePreferenceByLink(db, about, true);
    expect(await rowsOf(person.id)).toEqual([{ kind: "wakatime", mail: true, slack: true }]);
    expect((await auditOf(person.id)).slice(1).map(({ after }) => after)).toEqual([
      { about: "wakatime", mail: false, by: "link" },
      { about: "wakatime", mail: true, by: "link" },
    ]);
  });

  it("finds nobody whose account was deleted", async () => {
    const gone = await createStudent(db, { disabledAt: new Date(), anonymisedAt: new Date() });
    const about = { userId: gone.id, group: "places" } as const;
    expect(await changePreferenceByLink(db, about, false)).toMatchObject({ ok: false, code: "not_found" });
    expect(await changePreferenceByLink(db, { ...about, userId: 2_000_000_000 }, false)).toMatchObject({ ok: false });
    expect(await rowsOf(gone.id)).toEqual([]);
  });
});
