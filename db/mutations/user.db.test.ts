import { and, eq, inArray, isNull, notInArray } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { auditEvent, enrolment, session, student, user } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import { createBatch, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { openSession } from "./session";
import { changeUserRole } from "./user";
import { disableUser } from "./user-access";

type Person = Awaited<ReturnType<typeof createUser>>;
const acting = ({ id, role }: Person): Actor => ({ type: "user", id, role });
const ROUNDS = 20;
const SYSTEM: Actor = { type: "system", job: "test" };

/** Exactly these many active admins, whatever earlier tests left behind. */
async function onlyAdmins(amount: number): Promise<Person[]> {
  const admins = await Promise.all(Array.from({ length: amount }, () => createUser(testDb(), { role: "admin" })));
  const ids = admins.map((each) => each.id);
  await testDb()
    .update(user)
    .set({ role: "user" })
    .where(and(eq(user.role, "admin"), notInArray(user.id, ids)));
  return admins;
}

const activeAdmins = () => testDb().$count(user, and(eq(user.role, "admin"), isNull(user.disabledAt)));
const roleOf = async (id: number) => (await testDb().select().from(user).where(eq(user.id, id)))[0]?.role;
const eventsAbout = (id: number) => testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, id));

describe("old defect 6: the last admin could be taken away", () => {
  it("is neither demoted nor disabled: the answer is a conflict and nothing is written", async () => {
    const [last] = (await onlyAdmins(1)) as [Person];
    await createUser(testDb(), { role: "admin", disabledAt: new Date() }); // a disabled admin does not count
    for (const result of [
      await changeUserRole(testDb(), SYSTEM, last.id, "instructor"),
      await disableUser(testDb(), SYSTEM, last.id, "test"),
    ]) {
      expect(result).toMatchObject({
        ok: false,
        code: "conflict",
        message: expect.stringContaining("last active admin"),
      });
    }
    expect(await activeAdmins()).toBe(1);
    expect(await eventsAbout(last.id)).toEqual([]);
  });

  it("is kept by the database too, against raw statements", async () => {
    const [last] = (await onlyAdmins(1)) as [Person];
    const sql = testSql();
    const refusal = { constraint_name: "user_last_admin" };
    await expect(sql`update "user" set role = 'user' where id = ${last.id}`).rejects.toMatchObject(refusal);
    await expect(sql`update "user" set disabled_at = now() where role = 'admin'`).rejects.toMatchObject(refusal);
    await expect(sql`delete from "user" where id = ${last.id}`).rejects.toMatchObject(refusal);
    expect(await activeAdmins()).toBe(1);
  });

  it(`always leaves one of two admins who demote or disable each other at once, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = (await onlyAdmins(2)) as [Person, Person];
      const results = await Promise.all([
        changeUserRole(testDb(), acting(one), other.id, "user"),
        round % 2 === 0
          ? changeUserRole(testDb(), acting(other), one.id, "user")
          : disableUser(testDb(), acting(other), one.id, "test"),
      ]);
      expect(results.filter((each) => each.ok)).toHaveLength(1);
      expect(results.find((each) => !each.ok)).toMatchObject({ code: "conflict" });
      expect(await activeAdmins()).toBe(1);
      expect((await eventsAbout(one.id)).length + (await eventsAbout(other.id)).length).toBe(1);
    }
  });
});

describe("changing a role", () => {
  let admin: Person;
  beforeEach(async () => {
    [admin] = (await onlyAdmins(2)) as [Person, Person];
  });

  it("is nobody's own to do, and no instructor's", async () => {
    const [instructor, target] = [await createUser(testDb(), { role: "instructor" }), await createUser(testDb())];
    expect(await changeUserRole(testDb(), acting(admin), admin.id, "user")).toMatchObject({ code: "forbidden" });
    expect(await changeUserRole(testDb(), acting(instructor), instructor.id, "admin")).toMatchObject({
      code: "forbidden",
    });
    expect(await changeUserRole(testDb(), acting(instructor), target.id, "admin")).toMatchObject({ code: "forbidden" });
    expect(await disableUser(testDb(), acting(admin), admin.id, "test")).toMatchObject({ code: "forbidden" });
    expect(await disableUser(testDb(), acting(instructor), target.id, "test")).toMatchObject({ code: "forbidden" });
    expect(await roleOf(admin.id)).toBe("admin");
    expect(await roleOf(target.id)).toBe("user");
    expect(await changeUserRole(testDb(), acting(admin), 2_000_000_000, "user")).toMatchObject({ code: "not_found" });
  });

  it("old defect 7: a student without a batch; now the role asks for one and makes the enrolment with it", async () => {
    const person = await createUser(testDb());
    const without = await changeUserRole(testDb(), acting(admin), person.id, "student");
    expect(without).toMatchObject({ code: "invalid", fields: { batchId: expect.any(String) } });
    const unknown = await changeUserRole(testDb(), acting(admin), person.id, "student", { batchId: 2_000_000_000 });
    expect(unknown).toMatchObject({ code: "invalid" });
    expect(await roleOf(person.id)).toBe("user");
    expect(await eventsAbout(person.id)).toEqual([]);

    const { id: batchId } = await createBatch(testDb());
    expect(await changeUserRole(testDb(), acting(admin), person.id, "student", { batchId })).toMatchObject({
      ok: true,
    });
    const rows = await testDb()
      .select({ batchId: enrolment.batchId, status: enrolment.status })
      .from(student)
      .innerJoin(enrolment, eq(enrolment.studentId, student.id))
      .where(eq(student.userId, person.id));
    expect(rows).toEqual([{ batchId, status: "active" }]);
    expect(await roleOf(person.id)).toBe("student");
  });

  it("is written down by the very transaction that makes it, and counts the version up", async () => {
    const person = await createUser(testDb());
    await changeUserRole(testDb(), acting(admin), person.id, "instructor");
    const [row] = await testSql()`
      select e.xmin = u.xmin as together, e.action, e.actor_user_id, e.before, e.after, u.version
      from audit_event e join "user" u on u.id = e.subject_id where u.id = ${person.id}`;
    expect({ ...row }).toEqual({
      together: true,
      action: "user.change-role",
      actor_user_id: admin.id,
      before: { role: "user" },
      after: { role: "instructor" },
      version: 2,
    });
  });

  it("ends every session of somebody who is disabled", async () => {
    const person = await createUser(testDb());
    await openSession(testDb(), person.id, { ip: null, userAgent: null });
    await openSession(testDb(), person.id, { ip: null, userAgent: null });
    expect(await disableUser(testDb(), acting(admin), person.id, "left")).toMatchObject({ ok: true });
    const open = and(inArray(session.userId, [person.id]), isNull(session.revokedAt));
    expect(await testDb().$count(session, open)).toBe(0);
  });
});
