import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type DemoNoticeKind, type SessionSnapshot, tellSignups } from "@/db/mutations/demo-notices";
import { listNewestNotices } from "@/db/queries/outbox";
import { demoSession, notificationPreference, outbox } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { drainOutbox } from "./drain";
import { createSendingIo, createTestMailer } from "./testing/io";

const db = testDb();

beforeEach(async () => {
  await db.delete(outbox);
  await db.delete(demoSession);
});

/** A session far ahead with one sign-up, and a way to tell of it. */
async function scene(status: Parameters<typeof createSignup>[3] = "scheduled", zone: string | null = "Europe/Berlin") {
  const session = await createDemoSession(db, {
    sessionDate: "2036-11-28",
    timeZone: "America/Chicago",
    meetingUrl: "https://meet.example/x",
  });
  const person = await createStudent(db, { timeZone: zone });
  const signup = await createSignup(db, session.id, person.studentId, status);
  const snapshot: SessionSnapshot = {
    id: session.id,
    title: session.title,
    date: session.sessionDate,
    time: "15:00",
    timeZone: session.timeZone,
  };
  const tell = (kind: DemoNoticeKind, extra: Record<string, unknown> = {}) =>
    tellSignups(db, kind, [{ userId: person.id, signupId: signup.id, status }], snapshot, {
      occasion: `session:${session.id}:v1`,
      ...extra,
    });
  return { session, person, signup, snapshot, tell };
}

const change = (table: "demo_session" | "demo_signup", id: number, set: string) =>
  db.execute(sql`update ${sql.identifier(table)} set ${sql.raw(set)} where id = ${id}`);

async function send() {
  const mail = createTestMailer();
  await drainOutbox(createSendingIo(db).io, { mail, slack: null });
  return mail.mails;
}
const outcome = async () => {
  const [row] = await listNewestNotices(db, 1);
  return { state: row?.state, reason: row?.reason };
};

describe("a notice about a demo session", () => {
  it("tells a person of an occasion once, by the time of their own zone, with the link of the moment", async () => {
    const { session, person, tell } = await scene();
    expect([await tell("demo-promoted"), await tell("demo-promoted")]).toEqual([1, 0]);
    expect(await tell("demo-promoted", { occasion: `session:${session.id}:v2` })).toBe(1);
    await change("demo_session", session.id, "meeting_url = 'https://meet.example/new'");
    const mails = await send();
    expect(mails).toHaveLength(2);
    expect(mails[0]?.to.address).toBe(person.email);
    expect(mails[0]?.text).toContain("Fri 28 Nov 2036, 15:00 (America/Chicago); for you 22:00 (Europe/Berlin)");
    expect(mails[0]?.text).toContain("https://meet.example/new");
  });

  it("is in the academy's zone for whoever has none", async () => {
    const { tell } = await scene("scheduled", null);
    await tell("demo-promoted");
    expect((await send())[0]?.text).toContain("for you 21:00 (UTC)");
  });

  it.each<[DemoNoticeKind, string, string, RegExp]>([
    ["demo-promoted", "demo_signup", "status = 'cancelled'", /no longer had the place/],
    ["demo-reminder", "demo_signup", "status = 'cancelled'", /no longer had a place/],
    ["demo-changed", "demo_signup", "status = 'cancelled'", /withdrawn/],
    ["demo-promoted", "demo_session", "is_cancelled = true", /cancelled before/],
    ["demo-reminder", "demo_session", "session_date = '2036-12-05'", /another day/],
    ["demo-reminder", "demo_session", "session_date = '2026-01-02'", /had begun/],
  ])("%s is dropped when %s has %s by then", async (kind, table, set, reason) => {
    const { session, signup, tell } = await scene();
    await tell(kind);
    await change(table as "demo_session" | "demo_signup", table === "demo_session" ? session.id : signup.id, set);
    expect(await send()).toEqual([]);
    expect(await outcome()).toEqual({ state: "dropped", reason: expect.stringMatching(reason) });
  });

  it("is dropped when the session was deleted, except the news of that", async () => {
    const { tell, session } = await scene();
    await tell("demo-promoted");
    await tell("demo-deleted", { reason: "Nobody has time." });
    await db.delete(demoSession);
    const mails = await send();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toMatch(/^No longer planned/);
    expect(mails[0]?.text).toContain("The reason: Nobody has time.");
    expect(session.id).toBeGreaterThan(0);
  });

  it("of a cancellation is dropped when it takes place after all", async () => {
    const { session, tell } = await scene();
    await tell("demo-cancelled", { reason: "Rain." });
    expect(await send()).toEqual([]);
    expect(await outcome()).toMatchObject({ reason: "The demo session takes place after all." });
    await change("demo_session", session.id, "is_cancelled = true");
    await tell("demo-cancelled", { reason: "Rain.", occasion: "again" });
    expect((await send())[0]?.text).toContain("The reason: Rain.");
  });

  it("names the place in the waiting list as it is", async () => {
    const { session, signup, tell } = await scene("waitlisted");
    for (let index = 0; index < 2; index++) {
      const other = await createStudent(db);
      const before = await createSignup(db, session.id, other.studentId, "waitlisted");
      await change("demo_signup", before.id, `queued_at = now() - interval '${index + 1} hours'`);
    }
    await change("demo_signup", signup.id, "queued_at = now()");
    await tell("demo-waitlisted");
    expect((await send())[0]?.text).toContain("You are number 3 on the waiting list");
  });

  it("of a move says why the session that they left does not take place", async () => {
    const { snapshot, tell } = await scene();
    const old = await createDemoSession(db, {
      sessionDate: "2036-11-21",
      isCancelled: true,
      cancelReason: "The room is flooded.",
    });
    const was = { ...snapshot, id: old.id, date: old.sessionDate, title: "The wet one" };
    await tell("demo-moved", { was });
    const [mail] = await send();
    expect(mail?.text).toContain("“The wet one” of Fri 21 Nov 2036 does not take place");
    expect(mail?.text).toContain("The reason: The room is flooded.");
  });

  it("is left out for whoever wants no mail of this kind, and says so", async () => {
    const { person, tell } = await scene();
    await db.insert(notificationPreference).values({ userId: person.id, kind: "reminders", mail: false });
    await tell("demo-reminder");
    await tell("demo-promoted");
    expect((await send()).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^You have a place/)]);
    const rows = await listNewestNotices(db, 2);
    expect(rows.find(({ kind }) => kind === "demo-reminder")).toMatchObject({
      state: "dropped",
      reason: "They asked for no mail of this kind.",
    });
  });

  it("that does not say what it is about is dropped, and holds up nobody", async () => {
    const { person, tell } = await scene();
    await db
      .insert(outbox)
      .values({ userId: person.id, kind: "demo-changed", occasion: "odd", payload: { session: 7 } });
    await tell("demo-promoted");
    expect(await send()).toHaveLength(1);
  });
});

it("a cancellation that arrives while the session is restored is followed by the news that it takes place", async () => {
  const { session, tell } = await scene();
  await change("demo_session", session.id, "is_cancelled = true, version = 2");
  await tell("demo-cancelled");
  const mailer = createTestMailer();
  const restoring = {
    ...mailer,
    send: async (mail: Parameters<typeof mailer.send>[0]) => {
      if (mailer.mails.length === 0) await change("demo_session", session.id, "is_cancelled = false, version = 3");
      await mailer.send(mail);
    },
  };
  for (let round = 0; round < 3; round++) await drainOutbox(createSendingIo(db).io, { mail: restoring, slack: null });
  expect(mailer.mails.map(({ subject }) => subject.split(":")[0])).toEqual(["Cancelled", "Takes place after all"]);
});
