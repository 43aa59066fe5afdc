import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { announceCancellation, announceSessions } from "@/db/mutations/demo-notices";
import { writeAcademyNotice, writeNotices } from "@/db/mutations/outbox";
import { listNewestNotices } from "@/db/queries/outbox";
import { demoSession, setting } from "@/db/schema";
import { createBatch, createUser } from "@/db/testing/factories";
import { drainOutbox } from "./drain";
import { slackPoster } from "./slack-client";
import { sealWebhook } from "./slack-secret";
import { createSendingIo, createTestMailer } from "./testing/io";
import { posterOf, slackLab } from "./testing/slack";

const lab = slackLab();
const { db, connect, byBot, byWebhook, announce, drain, states, makeDue } = lab;

describe("by a bot", () => {
  it("an announcement goes to the academy's channel and to those of the batches that run that day, once each", async () => {
    await byBot();
    lab.fake.channels.add("fall").add("spring");
    await createBatch(db, { slackChannel: "#Fall", startDate: "2036-01-01", endDate: "2036-03-01" });
    // The same channel, the academy's own, one that is over, one in the archive, one without.
    await createBatch(db, { slackChannel: "#fall", startDate: "2036-03-01", endDate: "2036-04-01" });
    await createBatch(db, { slackChannel: "#academy", startDate: "2036-01-01", endDate: "2036-04-01" });
    await createBatch(db, { slackChannel: "#over", startDate: "2035-01-01", endDate: "2036-02-29" });
    await createBatch(db, {
      slackChannel: "#archived",
      startDate: "2036-01-01",
      endDate: "2036-04-01",
      archivedAt: new Date(),
    });
    await createBatch(db, { startDate: "2036-01-01", endDate: "2036-04-01" });
    await announce({ title: "Spring demos" });
    expect(await drain()).toEqual({ sent: 2 });
    expect(lab.fake.posts.map(({ channel }) => channel).sort()).toEqual(["#academy", "#fall"]);
    expect(JSON.stringify(lab.fake.posts[0])).toContain("Spring demos");
    expect((await states()).filter(({ state }) => state === "dropped")).toEqual([
      { channel: "slack:#academy", state: "dropped", reason: "It is the academy's channel, which has it already." },
    ]);
    expect(await drain()).toEqual({ sent: 0 });
  });

  it("a channel that does not know the bot says so, and holds up no other and no mail", async () => {
    await byBot();
    await createBatch(db, { slackChannel: "#private", startDate: "2036-01-01", endDate: "2036-04-01" });
    await announce();
    const person = await createUser(db);
    await writeNotices(db, [{ userId: person.id, kind: "wakatime-reconnect", occasion: "test" }]);
    expect(await drain()).toEqual({ sent: 2 });
    expect(lab.fake.posts.map(({ channel }) => channel)).toEqual(["#academy"]);
    expect((await states()).find(({ channel }) => channel === "slack:#private")).toMatchObject({
      state: "retrying",
      reason: expect.stringContaining("Slack does not know the channel #private"),
    });
    lab.fake.channels.add("private");
    await makeDue();
    expect(await drain()).toEqual({ sent: 1 });
  });
});

describe("by a webhook", () => {
  it("the academy's channel hears, and the batches' ones say why they do not", async () => {
    await byWebhook();
    await createBatch(db, { slackChannel: "#fall", startDate: "2036-01-01", endDate: "2036-04-01" });
    await announce();
    expect(await drain()).toEqual({ sent: 1 });
    expect(await states()).toMatchObject(
      expect.arrayContaining([
        { channel: "slack", state: "sent", reason: null },
        { channel: "slack:#fall", state: "dropped", reason: expect.stringContaining("connect a bot for #fall") },
      ]),
    );
  });
});

describe("when Slack asks for a pause", () => {
  it("everything for it waits that long, no try is counted, and mail goes on", async () => {
    await byWebhook();
    await writeAcademyNotice(db, "slack-test", "one");
    await writeAcademyNotice(db, "slack-test", "two");
    const person = await createUser(db);
    await writeNotices(db, [{ userId: person.id, kind: "wakatime-reconnect", occasion: "test" }]);
    lab.fake.failures.push({ status: 429, retryAfter: 90 });
    const { io, asked } = createSendingIo(db);
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 1 });
    expect(lab.fake.calls).toHaveLength(1);
    const waiting = (await states()).filter(({ channel }) => channel);
    expect(waiting).toEqual([
      { channel: "slack", state: "waiting", reason: "Slack asked to wait 90 seconds." },
      { channel: "slack", state: "waiting", reason: "Slack asked to wait 90 seconds." },
    ]);
    const inSeconds = ((asked[0]?.scheduledFor?.getTime() ?? 0) - Date.now()) / 1_000;
    expect(inSeconds).toBeGreaterThan(80);
    expect(inSeconds).toBeLessThan(95);
    await makeDue();
    expect(await drain()).toEqual({ sent: 2 });
    expect(lab.fake.posts).toHaveLength(2);
  });
});

describe("when Slack asks for a pause with more waiting than one sender takes", () => {
  it("nobody calls it before the end, and what is due later than that stays where it is", async () => {
    await byWebhook();
    for (let index = 0; index < 40; index++) await writeAcademyNotice(db, "slack-test", `queued ${index}`);
    await writeAcademyNotice(db, "slack-test", "in an hour");
    await db.execute(sql`update outbox set not_before = now() + interval '1 hour' where occasion = 'in an hour'`);
    lab.fake.failures.push({ status: 429, retryAfter: 90 });
    const { io, asked } = createSendingIo(db);
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 0 });
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 0 });
    expect(lab.fake.calls).toHaveLength(1);
    const rows = await listNewestNotices(db, 50);
    const paused = rows.filter(({ state, reason }) => state === "waiting" && reason?.includes("wait 90 seconds"));
    expect(paused).toHaveLength(40);
    expect(rows.find(({ reason }) => reason === null)).toMatchObject({ state: "waiting" });
    expect(asked).toHaveLength(2);
    for (const { scheduledFor } of asked) {
      const inSeconds = ((scheduledFor?.getTime() ?? 0) - Date.now()) / 1_000;
      expect(inSeconds).toBeGreaterThan(80);
      expect(inSeconds).toBeLessThan(95);
    }
    await makeDue();
    expect(await drain()).toEqual({ sent: 41 });
    expect(lab.fake.calls).toHaveLength(42);
  });
});

describe("without Slack", () => {
  it("nothing is written for channels, and what was written before is dropped with the reason", async () => {
    await announce();
    expect(await states()).toEqual([]);
    await byWebhook();
    const [id] = await announce({ sessionDate: "2036-05-01" });
    await db.delete(setting);
    expect(await drain()).toEqual({ sent: 0 });
    expect(await states()).toEqual([{ channel: "slack", state: "dropped", reason: "Slack is not connected." }]);
    await announceCancellation(db, id ?? 0, null, lab.now);
    expect(await states()).toHaveLength(1);
  });

  it("a key that is not there makes Slack wait and nothing else, and nobody is asked to come again at once", async () => {
    await connect({ ...sealWebhook(lab.fake.webhookUrl), keyId: "lost" });
    await announce();
    const person = await createUser(db);
    await writeNotices(db, [{ userId: person.id, kind: "wakatime-reconnect", occasion: "test" }]);
    const { io, asked } = createSendingIo(db);
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 1 });
    expect((await states())[0]).toMatchObject({ state: "waiting", reason: expect.stringContaining('key "lost"') });
    expect(asked).toEqual([]);
  });

  it("a mail server that is missing keeps no message from Slack", async () => {
    await byWebhook();
    await announce();
    const person = await createUser(db);
    await writeNotices(db, [{ userId: person.id, kind: "wakatime-reconnect", occasion: "test" }]);
    expect(await drain({ mail: { by: "none", reason: "No mail server is configured." } })).toEqual({ sent: 1 });
    expect(await states()).toMatchObject([
      { channel: "slack", state: "sent" },
      { channel: null, state: "waiting", reason: "No mail server is configured." },
    ]);
  });
});

describe("what a channel is told", () => {
  it("is what is so when it is sent: another link, and nothing of what was cancelled meanwhile", async () => {
    await byWebhook();
    const [first = 0, second = 0] = await announce({ title: "One" }, { title: "Two" }, { title: "Three" });
    expect(await states()).toHaveLength(1);
    await db.execute(sql`update demo_session set is_cancelled = true where id = ${first}`);
    await db.execute(sql`update demo_session set meeting_url = 'https://late.example/x' where id = ${second}`);
    await drain();
    const [post] = lab.fake.posts;
    expect(JSON.stringify(post)).toMatch(/2 new demo sessions.*Two.*late\.example.*Three/);
    expect(JSON.stringify(post)).not.toContain("One");
  });

  it("comes once for each session, however often it is switched off and on", async () => {
    await byWebhook();
    const [id = 0] = await announce({}, { isActive: false });
    await announceSessions(db, [id], lab.now);
    expect(await states()).toHaveLength(1);
    await drain();
    await announceSessions(db, [id], lab.now);
    await drain();
    expect(lab.fake.posts).toHaveLength(1);
  });

  it("is a cancellation with its reason, also after the session was deleted", async () => {
    await byWebhook();
    const [id = 0] = await announce({ title: "Gone" });
    await drain();
    await announceCancellation(db, id, "The room is taken.", lab.now);
    await announceCancellation(db, id, "The room is taken.", lab.now);
    await db.delete(demoSession);
    expect(await drain()).toEqual({ sent: 1 });
    expect(JSON.stringify(lab.fake.posts[1])).toMatch(/cancelled.*Gone.*1 Mar 2036, 15:00.*The room is taken/);
  });

  it("is that a session takes place after all, when it was cancelled and is not any more", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    await drain();
    await db.execute(sql`update demo_session set is_cancelled = true, version = 2 where id = ${id}`);
    await announceCancellation(db, id, null, lab.now);
    await drain();
    await db.execute(sql`update demo_session set is_cancelled = false, version = 3 where id = ${id}`);
    await announceSessions(db, [id], lab.now);
    await announceSessions(db, [id], lab.now);
    await drain();
    expect(lab.fake.posts.map(({ text }) => text.split(":")[0])).toEqual([
      "New demo session",
      "Demo session cancelled",
      "Demo session takes place after all",
    ]);
  });

  it("is no cancellation of what it never heard of, nor of what takes place after all", async () => {
    await byWebhook();
    const [quiet = 0] = await announce({ isActive: false });
    await announceCancellation(db, quiet, null, lab.now);
    expect(await states()).toEqual([]);
    const [open = 0] = await announce({ sessionDate: "2036-04-01" });
    await announceCancellation(db, open, null, lab.now);
    await drain();
    expect((await states()).at(-1)).toMatchObject({ reason: "The demo session takes place after all." });
  });

  it("is of a batch's own session told to that batch and the academy only", async () => {
    await byBot();
    lab.fake.channels.add("own").add("other");
    const own = await createBatch(db, { slackChannel: "#own", startDate: "2036-01-01", endDate: "2036-02-01" });
    await createBatch(db, { slackChannel: "#other", startDate: "2036-01-01", endDate: "2036-04-01" });
    await announce({ batchId: own.id });
    await drain();
    expect(lab.fake.posts.map(({ channel }) => channel).sort()).toEqual(["#academy", "#own"]);
  });
});

it("four senders post each message once", async () => {
  for (let index = 0; index < 12; index++) await writeAcademyNotice(db, "slack-test", `burst ${index}`);
  const posted: string[] = [];
  const slack = posterOf((text) => posted.push(text));
  const senders = Array.from({ length: 4 }, () => drain({ slack }));
  const counts = await Promise.all(senders);
  expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(12);
  expect(posted).toHaveLength(12);
});

it("a message whose answer was lost is posted again: Slack has no way to tell a repetition", async () => {
  await byWebhook();
  await writeAcademyNotice(db, "slack-test", "lost");
  lab.fake.failures.push("lost");
  expect(await drain()).toEqual({ sent: 0 });
  expect((await states())[0]).toMatchObject({
    state: "retrying",
    reason: "Slack could not be reached, or did not answer.",
  });
  await makeDue();
  expect(await drain()).toEqual({ sent: 1 });
  expect(lab.fake.posts).toHaveLength(2);
});

it("the address is nowhere but encrypted: not in the outbox, not in a poster that is printed", async () => {
  await byWebhook();
  await announce();
  lab.fake.failures.push("reset");
  await drain();
  const [everything] = await db.execute<{ text: string }>(sql`
    select (select string_agg(o::text, ' ') from outbox o) || (select string_agg(s::text, ' ') from setting s) as text`);
  expect(everything?.text).not.toContain("fakewebhooksecret");
  expect(JSON.stringify(slackPoster({ kind: "webhook", url: lab.fake.webhookUrl }))).not.toContain("fakewebhooksecret");
});
