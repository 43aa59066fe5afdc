import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tellSignups } from "@/db/mutations/demo-notices";
import { writeReminders } from "@/db/mutations/demo-reminders";
import { writeAcademyNotice, writeNotices } from "@/db/mutations/outbox";
import type { NoticeGroup } from "@/db/queries/notice-groups";
import { getPreferences } from "@/db/queries/notification-preferences";
import { listNewestNotices } from "@/db/queries/outbox";
import { demoSession, notificationPreference, outbox, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { type FakeSlack, startFakeSlack } from "@/e2e/fakes/slack";
import { NOT_IN_SLACK } from "./direct-fault";
import { drainOutbox } from "./drain";
import type { SlackPoster } from "./slack-client";
import { sealBot, sealWebhook } from "./slack-secret";
import { createSendingIo, createTestMailer } from "./testing/io";

const db = testDb();
let fake: FakeSlack;

beforeAll(async () => {
  fake = await startFakeSlack();
  process.env.SLACK_API_URL = fake.apiUrl;
});
beforeEach(async () => {
  await db.delete(outbox);
  await db.delete(demoSession);
  await db.delete(setting);
  for (const list of [fake.posts, fake.calls, fake.failures]) list.length = 0;
  fake.members.clear();
  await db.insert(setting).values({ key: "slack_webhook", value: sealBot(fake.token, "#academy") });
});
afterAll(() => fake.close());

type Person = { id: number; email: string };

const choose = (userId: number, group: NoticeGroup, chosen: { mail?: boolean; slack?: boolean }) =>
  db
    .insert(notificationPreference)
    .values({ userId, kind: group, ...chosen })
    .onConflictDoUpdate({ target: [notificationPreference.userId, notificationPreference.kind], set: chosen });

/** A student who wants to hear of WakaTime in Slack, where Slack knows them by `member`. */
async function inSlack(member: string | null, chosen: { mail?: boolean; slack?: boolean } = { slack: true }) {
  const person: Person = await createStudent(db);
  if (member) fake.members.set(person.email.toLowerCase(), member);
  await choose(person.id, "wakatime", chosen);
  return person;
}

const tellOfWakatime = (person: Person, occasion = "broken:1") =>
  writeNotices(db, [{ userId: person.id, kind: "wakatime-reconnect", occasion }]);
const states = async () =>
  (await listNewestNotices(db, 50)).reverse().map(({ channel, state, reason }) => ({ channel, state, reason }));
const makeDue = () => db.execute(sql`update outbox set not_before = now() where not_before < 'infinity'`);

async function drain(slack?: SlackPoster) {
  const mail = createTestMailer();
  await drainOutbox(createSendingIo(db).io, { mail, ...(slack && { slack }) });
  return mail.mails.map(({ to, subject }) => ({ to: to.address, subject }));
}

describe("a direct message", () => {
  it("goes to whoever asked, beside the mail, once for an occasion", async () => {
    const person = await inSlack("U0ADA");
    const other = await createStudent(db);
    expect(await tellOfWakatime(person)).toHaveLength(1);
    expect(await tellOfWakatime(person)).toHaveLength(0);
    await tellOfWakatime(other);
    expect((await drain()).map(({ to }) => to).sort()).toEqual([person.email, other.email].sort());
    expect(await drain()).toEqual([]);
    expect(fake.posts).toMatchObject([{ channel: "U0ADA", text: "Please connect WakaTime again" }]);
    const told = JSON.stringify(fake.posts[0]);
    expect(told).toContain("no longer lets your academy read your coding time");
    expect(told).toMatch(/Connect WakaTime again.*\/portal\/wakatime/);
    expect(await states()).toEqual([
      { channel: null, state: "sent", reason: null },
      { channel: "slack", state: "sent", reason: null },
      { channel: null, state: "sent", reason: null },
    ]);
  });

  it("reminds, too: the tick writes both at once, and nothing the next time", async () => {
    const session = await createDemoSession(db, { sessionDate: "2036-11-28", timeZone: "UTC" });
    const person = await createStudent(db);
    await createSignup(db, session.id, person.studentId);
    await choose(person.id, "reminders", { slack: true });
    const now = new Date("2036-11-27T10:00:00Z");
    expect((await writeReminders(db, now)).people).toBe(1);
    expect((await writeReminders(db, now)).people).toBe(0);
    const rows = await db.select({ userId: outbox.userId, channel: outbox.channel }).from(outbox);
    expect(rows.filter(({ userId }) => userId === person.id).map(({ channel }) => channel)).toEqual([null, "slack"]);
    expect(rows.filter(({ userId }) => userId === null)).toHaveLength(1);
  });

  it("is written neither for links to the account, nor without a bot, nor for what was told before", async () => {
    const person = await inSlack("U0ADA");
    await choose(person.id, "account", { slack: true });
    await writeNotices(db, [{ userId: person.id, kind: "password-reset", occasion: "1", payload: { nonce: "n" } }]);
    expect(await states()).toHaveLength(1);
    await db.update(setting).set({ value: sealWebhook(fake.webhookUrl) });
    await tellOfWakatime(person);
    expect(await states()).toHaveLength(2);
    await db.update(setting).set({ value: sealBot(fake.token, "#academy") });
    await tellOfWakatime(person);
    expect((await states()).filter(({ channel }) => channel)).toEqual([]);
  });

  it("is all that comes where mail is switched off, and none that was switched off meanwhile", async () => {
    const [only, gone] = [await inSlack("U0ONLY", { mail: false, slack: true }), await inSlack("U0GONE")];
    await tellOfWakatime(only);
    await tellOfWakatime(gone);
    await choose(gone.id, "wakatime", { slack: false });
    expect((await drain()).map(({ to }) => to)).toEqual([gone.email]);
    expect(fake.posts.map(({ channel }) => channel)).toEqual(["U0ONLY"]);
    expect((await states()).map(({ reason }) => reason)).toEqual([
      "They asked for no mail of this kind.",
      null,
      null,
      "They no longer ask for messages of this kind in Slack.",
    ]);
  });

  it("to somebody who is not in the workspace is dropped at once, and their page says so until one arrives", async () => {
    const person = await inSlack(null);
    await tellOfWakatime(person);
    expect(await drain()).toHaveLength(1);
    expect((await states())[1]).toEqual({ channel: "slack", state: "dropped", reason: NOT_IN_SLACK });
    expect((await getPreferences(db, person.id))?.lastDirectReason).toBe(NOT_IN_SLACK);
    fake.members.set(person.email.toLowerCase(), "U0NEW");
    await tellOfWakatime(person, "broken:2");
    await drain();
    expect(fake.posts.map(({ channel }) => channel)).toEqual(["U0NEW"]);
    expect((await getPreferences(db, person.id))?.lastDirectReason).toBeNull();
  });

  it("is dropped when a webhook has taken the bot's place, and a missing scope is named", async () => {
    const person = await inSlack("U0ADA");
    await tellOfWakatime(person);
    fake.failures.push({ word: "missing_scope" });
    await drain();
    expect((await states())[1]).toMatchObject({
      state: "retrying",
      reason: expect.stringContaining("users:read.email"),
    });
    await db.update(setting).set({ value: sealWebhook(fake.webhookUrl) });
    await makeDue();
    await drain();
    expect((await states())[1]).toMatchObject({ state: "dropped", reason: expect.stringContaining("connect a bot") });
    expect(fake.posts).toEqual([]);
  });
});

describe("when Slack is in trouble", () => {
  it("a pause holds messages to people and to channels, no try is counted, and mail goes out", async () => {
    const people = [await inSlack("U0A"), await inSlack("U0B")];
    for (const person of people) await tellOfWakatime(person);
    fake.failures.push({ status: 429, retryAfter: 90 });
    expect(await drain()).toHaveLength(2);
    await writeAcademyNotice(db, "slack-test", "later");
    const waiting = { channel: "slack", state: "waiting", reason: "Slack asked to wait 90 seconds." };
    expect((await states()).filter(({ channel, reason }) => channel && reason)).toEqual([waiting, waiting]);
    await makeDue();
    await drain();
    expect(fake.posts.map(({ channel }) => channel).sort()).toEqual(["#academy", "U0A", "U0B"]);
  });

  it("a message that Slack does not take is tried again by itself: the mail is not repeated", async () => {
    const person = await inSlack("U0ADA");
    await tellOfWakatime(person);
    fake.failures.push("reset");
    expect(await drain()).toHaveLength(1);
    expect((await states())[1]).toMatchObject({ state: "retrying" });
    await makeDue();
    expect(await drain()).toEqual([]);
    expect(fake.posts).toHaveLength(1);
  });

  it("four senders post each message once", async () => {
    const names = Array.from({ length: 9 }, (_, index) => `U0${index}`);
    for (const name of names) await tellOfWakatime(await inSlack(name));
    await Promise.all(Array.from({ length: 4 }, () => drain()));
    expect(fake.posts.map(({ channel }) => channel).sort()).toEqual(names);
  });
});

it("a cancellation that arrives in Slack while the session is restored is followed by the news, where mail is off", async () => {
  const session = await createDemoSession(db, { sessionDate: "2036-11-28", isCancelled: true, version: 2 });
  const person = await createStudent(db);
  const signup = await createSignup(db, session.id, person.studentId);
  await choose(person.id, "places", { mail: false, slack: true });
  const snapshot = { id: session.id, title: session.title, date: session.sessionDate, time: "15:00", timeZone: "UTC" };
  const told = [{ userId: person.id, signupId: signup.id, status: "scheduled" as const }];
  await tellSignups(db, "demo-cancelled", told, snapshot, { occasion: `session:${session.id}:v2` });
  const posted: string[] = [];
  const slack: SlackPoster = {
    academyChannel: "#academy",
    pauseMs: 0,
    findMember: async () => "U0ADA",
    post: async ({ text }) => {
      if (posted.length === 0) {
        await db.execute(sql`update demo_session set is_cancelled = false, version = 3 where id = ${session.id}`);
      }
      posted.push(text.split(":")[0] ?? "");
    },
  };
  for (let round = 0; round < 3; round++) expect(await drain(slack)).toEqual([]);
  expect(posted).toEqual(["Cancelled", "Takes place after all"]);
});
