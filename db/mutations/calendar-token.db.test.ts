import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, calendarToken } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { issueCalendarToken, revokeCalendarToken } from "./calendar-token";

const token = (name: string) => ({ nonce: name, tokenHash: Buffer.from(name.padEnd(32, "-")) });
const tokensOf = async (userId: number) =>
  (await testDb().select().from(calendarToken).where(eq(calendarToken.userId, userId))).map(({ nonce }) => nonce);
const newStudent = async () => {
  const { id } = await createStudent(testDb());
  return { id, actor: { type: "user", id, role: "student" } satisfies Actor };
};

describe("a calendar link", () => {
  it("takes the place of the one before, and can be ended", async () => {
    const { id, actor } = await newStudent();
    for (const name of ["one", "two"]) {
      expect(await issueCalendarToken(testDb(), actor, id, token(name))).toMatchObject({ ok: true });
      expect(await tokensOf(id)).toEqual([name]);
    }
    for (let round = 0; round < 2; round++) {
      expect(await revokeCalendarToken(testDb(), actor, id)).toMatchObject({ ok: true });
    }
    expect(await tokensOf(id)).toEqual([]);
    const events = await testDb().select().from(auditEvent).where(eq(auditEvent.subjectId, id)).orderBy(auditEvent.id);
    expect(events.map(({ action, after }) => ({ action, after }))).toEqual([
      { action: "calendar.issue", after: { replaced: false } },
      { action: "calendar.issue", after: { replaced: true } },
      { action: "calendar.revoke", after: null },
    ]);
  });

  it("is one, also when somebody presses twice", async () => {
    const { id, actor } = await newStudent();
    const names = Array.from({ length: 8 }, (_, i) => `link ${i}`);
    const results = await Promise.all(names.map((name) => issueCalendarToken(testDb(), actor, id, token(name))));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await tokensOf(id)).toHaveLength(1);
  });

  it("is one's own: not even an admin makes or ends another's", async () => {
    const { id, actor } = await newStudent();
    await issueCalendarToken(testDb(), actor, id, token("own"));
    const admin: Actor = { type: "user", id: (await createUser(testDb())).id, role: "admin" };
    const nobody: Actor = { type: "user", id, role: "user" };
    for (const other of [admin, nobody]) {
      expect(await issueCalendarToken(testDb(), other, id, token("other"))).toMatchObject({ code: "forbidden" });
      expect(await revokeCalendarToken(testDb(), other, id)).toMatchObject({ code: "forbidden" });
    }
    expect(await tokensOf(id)).toEqual(["own"]);
  });
});
