import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { announceCancellation, announceSessions } from "@/db/mutations/demo-notices";
import { GIVE_UP_AFTER_ATTEMPTS } from "@/db/queries/outbox";
import { demoSession, outbox } from "@/db/schema";
import { posterOf, slackLab } from "./testing/slack";

const lab = slackLab();
const { db, byWebhook, announce, drain, states, makeDue } = lab;

const change = (id: number, values: Partial<typeof demoSession.$inferInsert>) =>
  db
    .update(demoSession)
    .set({ ...values, version: sql`${demoSession.version} + 1` })
    .where(eq(demoSession.id, id));
const openAgain = async (id: number) => {
  await change(id, { isActive: true });
  await announceSessions(db, [id], lab.now);
};
const callOff = async (id: number) => {
  await change(id, { isCancelled: true });
  await announceCancellation(db, id, null, lab.now);
};
const restore = async (id: number) => {
  await change(id, { isCancelled: false });
  await announceSessions(db, [id], lab.now);
};
const headings = () => lab.fake.posts.map(({ text }) => text.split(":")[0]);

describe("what was written and never arrived", () => {
  it("is announced when the session opens again: it was off when Slack came back", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    lab.fake.failures.push("reset");
    await drain();
    await change(id, { isActive: false });
    await makeDue();
    await drain();
    expect((await states())[0]).toMatchObject({ state: "dropped" });
    await openAgain(id);
    await openAgain(id);
    expect(await drain()).toEqual({ sent: 1 });
    expect(headings()).toEqual(["New demo session"]);
  });

  it("is announced by itself, where a message of several went out without it", async () => {
    await byWebhook();
    const [first = 0, second = 0, third = 0] = await announce({ title: "One" }, { title: "Two" }, { title: "Three" });
    await change(second, { isActive: false });
    await drain();
    for (const id of [first, second, third]) await openAgain(id);
    await drain();
    expect(lab.fake.posts).toHaveLength(2);
    expect(JSON.stringify(lab.fake.posts[0])).toMatch(/One.*Three/);
    expect(JSON.stringify(lab.fake.posts[1])).toContain("Two");
    expect(JSON.stringify(lab.fake.posts[1])).not.toMatch(/One|Three/);
  });

  it("is announced anew after the first announcement was given up", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    for (let attempt = 0; attempt < GIVE_UP_AFTER_ATTEMPTS; attempt++) {
      lab.fake.failures.push("reset");
      await drain();
      await makeDue();
    }
    expect((await states())[0]).toMatchObject({ state: "given-up" });
    await change(id, { isActive: false });
    await openAgain(id);
    expect(await drain()).toEqual({ sent: 1 });
  });

  it("waits in one announcement however often the session is switched meanwhile", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    await change(id, { isActive: false });
    await openAgain(id);
    expect(await states()).toHaveLength(1);
    await drain();
    expect(headings()).toEqual(["New demo session"]);
  });

  it("is taken back in silence: a cancellation that waited while the session was restored", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    await drain();
    await callOff(id);
    await restore(id);
    await drain();
    expect(headings()).toEqual(["New demo session"]);
    await callOff(id);
    await drain();
    expect(headings()).toEqual(["New demo session", "Demo session cancelled"]);
  });

  it("is one cancellation, where it was restored and cancelled again before the first could leave", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    await drain();
    await callOff(id);
    await restore(id);
    await callOff(id);
    await drain();
    expect(headings()).toEqual(["New demo session", "Demo session cancelled"]);
    expect((await states())[1]).toMatchObject({ state: "dropped", reason: "A later message says it." });
  });

  it("is no cancellation of a session that was switched off before its announcement left", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    await change(id, { isActive: false });
    await callOff(id);
    await drain();
    expect(headings()).toEqual([]);
  });

  it("is said once, where the cancellation overtook an announcement that had to be repeated", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    lab.fake.failures.push("reset");
    await drain();
    await callOff(id);
    await drain();
    await restore(id);
    await makeDue();
    await drain();
    expect(headings()).toEqual(["Demo session cancelled", "Demo session takes place after all"]);
  });

  it("is put right when the session is restored while the cancellation is on its way", async () => {
    await byWebhook();
    const [id = 0] = await announce();
    await drain();
    await callOff(id);
    const posted: string[] = [];
    const slack = posterOf(async (text) => {
      if (posted.length === 0) await restore(id);
      posted.push(text.split(":")[0] ?? "");
    });
    await drain({ slack });
    expect(posted).toEqual(["Demo session cancelled"]);
    await drain({ slack });
    expect(posted).toEqual(["Demo session cancelled", "Demo session takes place after all"]);
  });

  it("is never lost between a switch and a sender that decide at the same time", async () => {
    await byWebhook();
    const [id = 0] = await announce({ isActive: false });
    for (let round = 0; round < 10; round++) {
      await db.delete(outbox);
      lab.fake.posts.length = 0;
      await openAgain(id);
      await change(id, { isActive: false });
      const switchOn = db.transaction(async (tx) => {
        await tx
          .update(demoSession)
          .set({ isActive: true, version: sql`${demoSession.version} + 1` })
          .where(eq(demoSession.id, id));
        await announceSessions(tx, [id], lab.now);
      });
      await Promise.all([switchOn, drain()]);
      await drain();
      expect(headings()).toEqual(["New demo session"]);
    }
  });
});
