import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { announceSessions } from "@/db/mutations/demo-notices";
import { listNewestNotices } from "@/db/queries/outbox";
import { demoSession, outbox, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createDemoSession } from "@/db/testing/factories";
import { type FakeSlack, startFakeSlack } from "@/e2e/fakes/slack";
import { drainOutbox } from "../drain";
import type { SlackPoster } from "../slack-client";
import { type StoredSlack, sealBot, sealWebhook } from "../slack-secret";
import { createSendingIo, createTestMailer } from "./io";

/** A stand-in for Slack, an outbox that is empty before each test, and what writes into it and sends. */
export function slackLab() {
  const db = testDb();
  const now = new Date();
  let fake: FakeSlack | undefined;

  const lab = {
    db,
    now,
    get fake() {
      if (!fake) throw new Error("The test has not begun.");
      return fake;
    },
    async connect(value: StoredSlack) {
      await db.insert(setting).values({ key: "slack_webhook", value });
    },
    byBot: () => lab.connect(sealBot(lab.fake.token, "#academy")),
    byWebhook: () => lab.connect(sealWebhook(lab.fake.webhookUrl)),
    /** Sessions on the first days of a month in which nothing else happens. */
    async announce(...values: Partial<typeof demoSession.$inferInsert>[]) {
      const ids: number[] = [];
      for (const [index, each] of (values.length > 0 ? values : [{}]).entries()) {
        const { id } = await createDemoSession(db, { sessionDate: `2036-03-0${index + 1}`, ...each });
        ids.push(id);
      }
      await announceSessions(db, ids, now);
      return ids;
    },
    drain: (options: Parameters<typeof drainOutbox>[1] = {}) =>
      drainOutbox(createSendingIo(db).io, { mail: createTestMailer(), ...options }),
    async states() {
      const newestFirst = await listNewestNotices(db, 20);
      return newestFirst.reverse().map(({ channel, state, reason }) => ({ channel, state, reason }));
    },
    makeDue: () => db.execute(sql`update outbox set not_before = now() where not_before < 'infinity'`),
  };

  beforeAll(async () => {
    fake = await startFakeSlack();
    process.env.SLACK_API_URL = fake.apiUrl;
  });
  beforeEach(async () => {
    await db.delete(outbox);
    await db.delete(demoSession);
    await db.delete(setting);
    await db.execute(sql`delete from batch`);
    lab.fake.posts.length = 0;
    lab.fake.calls.length = 0;
    lab.fake.failures.length = 0;
    lab.fake.channels.clear();
    lab.fake.channels.add("academy");
  });
  afterAll(() => fake?.close());
  return lab;
}

/** A poster that hands each text to `post` and needs no Slack. */
export const posterOf = (post: (text: string) => Promise<unknown> | unknown): SlackPoster => ({
  academyChannel: null,
  findMember: null,
  pauseMs: 0,
  post: async ({ text }) => {
    await post(text);
  },
});
