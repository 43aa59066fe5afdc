import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, outbox, user, userToken } from "@/db/schema";
import { testSql } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { apply, db, dryRun } from "@/db/testing/roster";
import type { Actor } from "@/lib/auth/permissions";
import { digestOf } from "@/lib/roster/digest";

describe("what the dry run has shown", () => {
  it("is done only while it holds: else nothing is written and the new verdicts are told", async () => {
    const batch = await createBatch(db, { name: "Holding", endDate: "2099-01-01" });
    const known = await createStudent(db, { batchId: batch.id, passwordHash: "x" });
    const content = `email,name,batch\n${known.email},Zoe,Holding\nnew-held@x.test,Ada,Holding`;
    const shown = await dryRun(content);
    expect(shown.counts).toEqual({ new: 1, changed: 1, same: 0, error: 0 });
    await db.update(user).set({ name: "Mia" }).where(eq(user.id, known.id));
    const outcome = await apply(shown);
    if (outcome.outcome !== "changed-meanwhile") throw new Error("it was applied");
    expect(outcome.judged[0]?.changes).toEqual([{ field: "name", old: "Mia", new: "Zoe" }]);
    expect(await db.$count(user, eq(user.email, "new-held@x.test"))).toBe(0);
    expect(await apply({ ...shown, digest: digestOf(outcome.judged) })).toMatchObject({ outcome: "applied" });
  });

  it("is done once by two who apply it at the same moment", async () => {
    await createBatch(db, { name: "Twice", endDate: "2099-01-01" });
    const list = Array.from({ length: 50 }, (_, index) => `twice-${index}@x.test,Zoe ${index},Twice`);
    const shown = await dryRun(`email,name,batch\n${list.join("\n")}`);
    const outcomes = await Promise.all([apply(shown, { invite: true }), apply(shown, { invite: true })]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["applied", "changed-meanwhile"]);
    expect(await db.$count(user, sql`${user.email} like 'twice-%'`)).toBe(50);
    expect(await db.$count(userToken, sql`${userToken.email} like 'twice-%'`)).toBe(50);
  });

  it("gives way to somebody who signs up under the same address at the same moment", async () => {
    await createBatch(db, { name: "Overtaken", endDate: "2099-01-01" });
    const shown = await dryRun("email,name,batch\nfirst@x.test,Ada,Overtaken\nsecond@x.test,Bob,Overtaken");
    let importing: ReturnType<typeof apply> | undefined;
    await db.transaction(async (tx) => {
      await createUser(tx, { email: "second@x.test", name: "Bob himself", role: "instructor" });
      importing = apply(shown);
      // The import has to be at the address before it is taken for good.
      await expect
        .poll(async () => {
          const [waiting] = await testSql()`
            select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into "user"%'`;
          return waiting?.n;
        })
        .toBe(1);
    });
    const outcome = await importing;
    if (outcome?.outcome !== "changed-meanwhile") throw new Error("it was applied");
    expect(outcome.judged.map(({ kind }) => kind)).toEqual(["new", "error"]);
    expect(await db.$count(user, eq(user.email, "first@x.test"))).toBe(0);
  });
});

describe("invitations and permission", () => {
  it("invites those who are new when asked to, once, and puts no secret into the records", async () => {
    const batch = await createBatch(db, { name: "Inviting", endDate: "2099-01-01" });
    const known = await createStudent(db, { batchId: batch.id, passwordHash: "x" });
    const content = `email,name,batch\n${known.email},Other,Inviting\ninvited@x.test,Ada,Inviting`;
    expect(await apply(await dryRun(content), { invite: true })).toMatchObject({ invited: 1 });
    const [person] = await db.select().from(user).where(eq(user.email, "invited@x.test"));
    const notices = await db.select().from(outbox).where(eq(outbox.kind, "invitation"));
    const mine = notices.filter(({ userId }) => userId === person?.id);
    expect(mine).toHaveLength(1);
    expect(await db.$count(outbox, sql`kind = 'invitation' and user_id = ${known.id}`)).toBe(0);
    const [token] = await db
      .select()
      .from(userToken)
      .where(eq(userToken.userId, person?.id ?? 0));
    const days = ((token?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7.01);
  });

  it("invites later who was imported without, and again once the link has expired", async () => {
    const batch = await createBatch(db, { name: "Later", endDate: "2099-01-01" });
    const content = "email,name,batch\nlater@x.test,Ada,Later";
    expect(await apply(await dryRun(content))).toMatchObject({ invited: 0 });
    const [person] = await db.select().from(user).where(eq(user.email, "later@x.test"));
    const userId = person?.id ?? 0;
    const invite = async () => apply(await dryRun(content, batch.id), { invite: true });
    expect(await invite()).toMatchObject({ counts: { same: 1 }, invited: 1 });
    expect(await invite()).toMatchObject({ invited: 0 });
    await db.update(userToken).set({ expiresAt: sql`now()` }).where(eq(userToken.userId, userId));
    expect(await invite()).toMatchObject({ invited: 1 });
    expect(await db.$count(outbox, sql`kind = 'invitation' and user_id = ${userId}`)).toBe(2);
    expect(await db.$count(auditEvent, sql`action = 'user.invite' and subject_id = ${userId}`)).toBe(2);
    await db.update(user).set({ passwordHash: "x" }).where(eq(user.id, userId));
    await db.update(userToken).set({ expiresAt: sql`now()` }).where(eq(userToken.userId, userId));
    expect(await invite()).toMatchObject({ invited: 0 });
  });

  it("is for admins: an instructor changes nothing", async () => {
    const teacher = await createUser(db, { role: "instructor" });
    const batch = await createBatch(db, { name: "Not theirs", endDate: "2099-01-01" });
    const shown = await dryRun("email,name\nnobody@x.test,Ada", batch.id);
    const actor: Actor = { type: "user", id: teacher.id, role: "instructor" };
    await expect(apply(shown, { actor })).rejects.toThrow("Only admins import people.");
    expect(await db.$count(user, eq(user.email, "nobody@x.test"))).toBe(0);
  });
});
