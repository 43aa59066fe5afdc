import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { writeNotices } from "@/db/mutations/outbox";
import { GIVE_UP_AFTER_ATTEMPTS, getNextSendAt, listNewestNotices } from "@/db/queries/outbox";
import { outbox } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import { JobsOffError } from "@/lib/jobs/backend";
import { drainOutbox } from "./drain";
import { askToSend, notify } from "./notify";
import { createSendingIo, createTestMailer } from "./testing/io";

const db = testDb();
const refusal = Object.assign(new Error("450 try later ada@example.test"), { code: "EENVELOPE", responseCode: 450 });

beforeEach(async () => {
  await db.delete(outbox);
});

/** Notices to as many new people. */
async function write(count: number, values: Parameters<typeof createUser>[1] = {}) {
  const people = await Promise.all(Array.from({ length: count }, () => createUser(db, values)));
  await writeNotices(
    db,
    people.map(({ id }) => ({ userId: id, kind: "wakatime-reconnect", occasion: "test" })),
  );
  return people;
}

const only = async () => {
  const [row] = await listNewestNotices(db, 1);
  if (!row) throw new Error("The outbox is empty.");
  return row;
};
const makeDue = () => db.execute(sql`update outbox set not_before = now() where not_before < 'infinity'`);

describe("sending", () => {
  it("hands each notice over once and marks it", async () => {
    const [person] = await write(1);
    const { io, asked } = createSendingIo(db);
    const mail = createTestMailer();
    expect(await drainOutbox(io, { mail })).toEqual({ sent: 1 });
    expect(await drainOutbox(io, { mail })).toEqual({ sent: 0 });
    expect(mail.mails).toMatchObject([{ to: { name: person?.name, address: person?.email } }]);
    expect(await only()).toMatchObject({ state: "sent", sentAt: expect.any(String), reason: null });
    expect(asked).toEqual([]);
  });

  it("sends each once when four senders start together", async () => {
    const people = await write(60);
    const mail = createTestMailer();
    const senders = Array.from({ length: 4 }, () => drainOutbox(createSendingIo(db).io, { mail }));
    const counts = await Promise.all(senders);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
    expect(mail.mails.map(({ to }) => to.address).sort()).toEqual(people.map(({ email }) => email).sort());
    expect(new Set(mail.mails.map(({ key }) => key)).size).toBe(60);
  });

  it("hears of an occasion once", async () => {
    const person = await createUser(db);
    const notice = { userId: person.id, kind: "wakatime-reconnect", occasion: "broken:1" } as const;
    expect(await writeNotices(db, [notice])).toHaveLength(1);
    expect(await writeNotices(db, [notice, { ...notice, occasion: "broken:2" }])).toHaveLength(1);
  });

  it("goes to the address of the moment, not to that of the writing", async () => {
    const [person] = await write(1);
    await db.execute(sql`update "user" set email = 'moved@example.test' where id = ${person?.id}`);
    const mail = createTestMailer();
    await drainOutbox(createSendingIo(db).io, { mail });
    expect(mail.mails[0]?.to.address).toBe("moved@example.test");
  });

  it("leaves out whoever is disabled, without calling that an error", async () => {
    await write(1, { disabledAt: new Date() });
    const { io, asked } = createSendingIo(db);
    const mail = createTestMailer();
    await drainOutbox(io, { mail });
    expect(mail.mails).toEqual([]);
    expect(await only()).toMatchObject({ state: "dropped", reason: "The account is disabled.", nextAt: null });
    expect(asked).toEqual([]);
  });

  it("stops between two batches when it is asked to, and leaves the rest to the next", async () => {
    await write(12);
    const { io, stop, asked } = createSendingIo(db);
    const mail = createTestMailer(() => {
      stop.abort();
      return null;
    });
    expect((await drainOutbox(io, { mail })).sent).toBe(5);
    expect(asked).toHaveLength(1);
    expect((await drainOutbox(createSendingIo(db).io, { mail })).sent).toBe(7);
  });
});

describe("a failure", () => {
  it("touches nobody else, and is tried again after a pause by a job for that very instant", async () => {
    const [unlucky] = await write(3);
    const { io, asked } = createSendingIo(db);
    const mail = createTestMailer(({ to }) => (to.address === unlucky?.email ? refusal : null));
    expect(await drainOutbox(io, { mail })).toEqual({ sent: 2 });
    const next = await getNextSendAt(db);
    expect(asked).toEqual([{ key: `outbox:${next?.toISOString()}`, scheduledFor: next }]);
    const waiting = (await listNewestNotices(db, 3)).find(({ state }) => state === "retrying");
    expect(waiting).toMatchObject({
      email: unlucky?.email,
      reason: "Sending failed: EENVELOPE, the server answered 450.",
    });
    expect(waiting?.reason).not.toContain("ada@");
    // Not before its time.
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 0 });
  });

  it("is tried eight times with growing pauses, then kept for admins and left alone", async () => {
    await write(1);
    const { io, asked } = createSendingIo(db);
    const mail = createTestMailer(() => refusal);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= GIVE_UP_AFTER_ATTEMPTS; attempt++) {
      await drainOutbox(io, { mail });
      const { nextAt } = await only();
      if (nextAt) pauses.push(Math.round((new Date(nextAt).getTime() - Date.now()) / 60_000));
      await makeDue();
    }
    expect(pauses).toEqual([1, 5, 30, 120, 360, 360, 360]);
    expect(await only()).toMatchObject({ state: "given-up", nextAt: null, reason: expect.stringContaining("450") });
    asked.length = 0;
    await drainOutbox(io, { mail: createTestMailer() });
    expect(await only()).toMatchObject({ state: "given-up" });
    expect(asked).toEqual([]);
  });

  it("of the kind that nobody has written for drops the notice", async () => {
    const person = await createUser(db);
    await db.insert(outbox).values({ userId: person.id, kind: "smoke-signal", occasion: "1" });
    await drainOutbox(createSendingIo(db).io, { mail: createTestMailer() });
    expect(await only()).toMatchObject({ state: "dropped", reason: expect.stringContaining("smoke-signal") });
  });
});

describe("without a way of sending", () => {
  it("notices wait and say why, and go out once there is one; no try is counted", async () => {
    await write(2);
    const { io, asked } = createSendingIo(db);
    const mail = { by: "none", reason: "No mail server is configured." } as const;
    for (let round = 0; round < GIVE_UP_AFTER_ATTEMPTS + 1; round++) await drainOutbox(io, { mail });
    expect(await only()).toMatchObject({ state: "waiting", reason: mail.reason, nextAt: expect.any(String) });
    // Asking again at once would be asking for ever.
    expect(asked).toEqual([]);
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 2 });
  });
});

describe("a claim", () => {
  it("keeps others away until it ends, and whoever came meanwhile is called for that instant", async () => {
    await write(1);
    await db.execute(sql`update outbox set claimed_until = now() + interval '2 minutes'`);
    const { io, asked } = createSendingIo(db);
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 0 });
    const inSeconds = ((asked[0]?.scheduledFor?.getTime() ?? 0) - Date.now()) / 1_000;
    expect(inSeconds).toBeGreaterThan(110);
    expect(inSeconds).toBeLessThan(125);
    await db.execute(sql`update outbox set claimed_until = now()`);
    expect(await drainOutbox(io, { mail: createTestMailer() })).toEqual({ sent: 1 });
  });
});

describe("asking for mail to be sent", () => {
  const broken = async () => {
    throw new Error("the queue is away");
  };
  const off = async () => {
    throw new JobsOffError();
  };

  it.each([
    ["jobs are off", off],
    ["the queue is away", broken],
  ])("keeps notice and transaction when %s", async (_, enqueue) => {
    const person = await createUser(db);
    await db.transaction(async (tx) => {
      const notice = { userId: person.id, kind: "wakatime-reconnect", occasion: "1" } as const;
      expect(await notify(tx, [notice], enqueue)).toBe(1);
      expect(await notify(tx, [notice], enqueue)).toBe(0);
    });
    expect(await only()).toMatchObject({ state: "waiting" });
  });

  it("leaves the caller's transaction usable where no queue was ever made", async () => {
    await db.transaction(async (tx) => {
      await askToSend(tx);
      await createUser(tx, { email: "after@example.test" });
    });
    const [row] = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from "user" where email = 'after@example.test'`,
    );
    expect(row?.n).toBe(1);
  });
});
