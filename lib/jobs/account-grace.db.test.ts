import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { cancelDeletion, requestDeletion } from "@/db/mutations/account-deletion";
import { closeAccount } from "@/db/mutations/account-deletion-close";
import * as tables from "@/db/schema";
import { atOnce } from "@/db/testing/at-once";
import { createStudent } from "@/db/testing/factories";
import { accountLab } from "./testing/account-lab";

const lab = accountLab();
const { db, now, inDays, student, tick, userRow, askAndRemind } = lab;

describe("the time of grace", () => {
  const told = async (id: number) =>
    (await db.select().from(tables.outbox).where(eq(tables.outbox.userId, id))).map(({ kind }) => kind);

  it("is fourteen days, with a mail at once and one on the day before, each once", async () => {
    const { id } = await createStudent(db, { batchId: lab.batchId });
    expect(await requestDeletion(db, student(id), now)).toEqual({ ok: true, data: { dueAt: inDays(14) } });
    expect(await requestDeletion(db, student(id), inDays(2))).toEqual({ ok: true, data: { dueAt: inDays(14) } });
    await tick(inDays(12.9));
    expect(await told(id)).toEqual(["deletion-requested"]);
    await tick(inDays(13.1));
    await tick(inDays(13.9));
    expect(await told(id)).toEqual(["deletion-requested", "deletion-tomorrow"]);
    expect((await userRow(id)).disabledAt).toBeNull();
    await tick(inDays(14));
    expect((await userRow(id)).anonymisedAt).not.toBeNull();
  });

  it("waits a day longer for who could not be reminded, because nothing ran", async () => {
    const { id } = await createStudent(db, { batchId: lab.batchId });
    await requestDeletion(db, student(id), now);
    await tick(inDays(30));
    expect(await userRow(id)).toMatchObject({ disabledAt: null, deletionDueAt: inDays(31) });
    expect(await told(id)).toEqual(["deletion-requested", "deletion-tomorrow"]);
    await tick(inDays(31));
    expect((await userRow(id)).anonymisedAt).not.toBeNull();
  });

  it("ends with the account kept, and its mail unsent", async () => {
    const { id } = await createStudent(db, { batchId: lab.batchId });
    await requestDeletion(db, student(id), now);
    expect(await cancelDeletion(db, student(id))).toMatchObject({ ok: true });
    const [notice] = await db.select().from(tables.outbox).where(eq(tables.outbox.userId, id));
    expect(notice).toMatchObject({ sentAt: null, lastError: "They keep their account." });
    await tick(inDays(14.1));
    expect(await userRow(id)).toMatchObject({ deletionDueAt: null, disabledAt: null, anonymisedAt: null });
  });

  it("is the student's own: nobody else asks or cancels, and who has become staff stays", async () => {
    const { id } = await createStudent(db, { batchId: lab.batchId });
    expect(await requestDeletion(db, lab.admin)).toMatchObject({ ok: false, code: "forbidden" });
    await askAndRemind(id);
    await db.update(tables.user).set({ role: "instructor" }).where(eq(tables.user.id, id));
    await tick(inDays(14.1));
    expect(await userRow(id)).toMatchObject({ deletionDueAt: null, disabledAt: null, anonymisedAt: null });
  });

  it("is nothing that staff are reminded of: their account is kept", async () => {
    const { id } = await createStudent(db, { batchId: lab.batchId });
    await requestDeletion(db, student(id), now);
    await db.update(tables.user).set({ role: "instructor" }).where(eq(tables.user.id, id));
    await tick(inDays(13.1));
    expect(await userRow(id)).toMatchObject({ deletionDueAt: null });
    expect(await told(id)).toEqual(["deletion-requested"]);
  });

  it("can be ended by whose role was taken away, too, who is deleted otherwise", async () => {
    const [kept, gone] = [
      await createStudent(db, { batchId: lab.batchId }),
      await createStudent(db, { batchId: lab.batchId }),
    ];
    for (const { id } of [kept, gone]) {
      await requestDeletion(db, student(id), now);
      await db.update(tables.user).set({ role: "user" }).where(eq(tables.user.id, id));
    }
    expect(await cancelDeletion(db, { type: "user", id: kept.id, role: "user" })).toMatchObject({ ok: true });
    await tick(inDays(13.1));
    await tick(inDays(14.1));
    expect(await userRow(kept.id)).toMatchObject({ deletionDueAt: null, disabledAt: null, anonymisedAt: null });
    expect((await userRow(gone.id)).anonymisedAt).not.toBeNull();
  });

  it("has one end: keeping the account at its last moment holds, or comes too late", async () => {
    for (const keepFirst of [true, false]) {
      const { id } = await createStudent(db, { batchId: lab.batchId });
      await askAndRemind(id);
      const keep = () => cancelDeletion(db, student(id));
      const close = () => closeAccount(db, { type: "system", job: "test" }, id, inDays(14.1));
      const gate = (lock: Parameters<Parameters<typeof atOnce>[0]>[0]) =>
        lock`select 1 from "user" where id = ${id} for no key update`;
      if (keepFirst) {
        const [kept, closed] = await atOnce(gate, keep, close);
        expect([kept.ok, closed]).toEqual([true, false]);
        expect(await userRow(id)).toMatchObject({ deletionDueAt: null, disabledAt: null });
      } else {
        const [closed, kept] = await atOnce(gate, close, keep);
        expect([kept.ok, closed]).toEqual([false, true]);
        await tick(inDays(14.1));
        expect((await userRow(id)).anonymisedAt).not.toBeNull();
      }
    }
  });
});
