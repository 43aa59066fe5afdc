import { beforeEach, describe, expect, it } from "vitest";
import { isSetupToken } from "@/db/queries/account";
import { getViewerBySessionId } from "@/db/queries/session";
import { setting, user } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { usualRule } from "@/lib/demo-sessions/weekly-rule";
import { createDueSessions } from "./demo-session-rule";
import { claimAcademy, createSetupToken } from "./setup";

const DEVICE = { ip: null, userAgent: null };
const admin = (email = "first@example.test") => ({
  name: "First Admin",
  email,
  passwordHash: "x",
  academyName: "Night School",
  timeZone: "Europe/Lisbon",
  demoRule: null,
});

const token = async () => {
  const made = await createSetupToken(testDb());
  if (!made) throw new Error("the database is claimed already");
  return made;
};

beforeEach(async () => {
  // An empty academy again; truncating asks no trigger of rows.
  await testSql()`truncate "user", setting, demo_session cascade`;
});

describe("the set-up token", () => {
  it("makes the first admin, signed in, and names the academy; a second time it is refused", async () => {
    const link = await token();
    expect(await isSetupToken(testDb(), link)).toBe(true);
    const result = await claimAcademy(testDb(), link, admin(), DEVICE);
    if (!result.ok) throw new Error(result.message);
    expect(await getViewerBySessionId(testDb(), result.data.sid)).toMatchObject({ role: "admin", name: "First Admin" });
    const [name] = await testSql()`select value #>> '{}' as value from setting where key = 'academy_name'`;
    expect(name?.value).toBe("Night School");
    expect(await isSetupToken(testDb(), link)).toBe(false);
    const again = await claimAcademy(testDb(), link, admin("second@example.test"), DEVICE);
    expect(again).toMatchObject({ ok: false, code: "forbidden" });
    expect(await testDb().$count(user)).toBe(1);
  });

  it("starts the weekly demo sessions where they are wanted: the next eight Fridays at once, and no more later", async () => {
    const now = new Date("2026-11-20T16:00:00Z");
    const rule = usualRule("Europe/Lisbon");
    const result = await claimAcademy(testDb(), await token(), { ...admin(), demoRule: rule }, DEVICE);
    if (!result.ok) throw new Error(result.message);
    const actor: Actor = { type: "user", id: result.data.userId, role: "admin" };
    // It is Friday, an hour after the time of day: the first session is a week later.
    expect(await createDueSessions(testDb(), actor, now)).toEqual({ created: 8 });
    expect(await createDueSessions(testDb(), { type: "system", job: "demo-tick" }, now)).toEqual({ created: 0 });
    const sessions = await testSql()`select session_date::text as date, max_scheduled from demo_session order by 1`;
    expect(sessions.map(({ date }) => date)).toEqual([
      "2026-11-27",
      "2026-12-04",
      "2026-12-11",
      "2026-12-18",
      "2026-12-25",
      "2027-01-01",
      "2027-01-08",
      "2027-01-15",
    ]);
    expect(sessions.every(({ max_scheduled }) => max_scheduled === 8)).toBe(true);
  });

  it("is stored as a hash, and replaced by a newer one", async () => {
    const [older, newer] = [await token(), await token()];
    const rows = await testDb().select().from(setting);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(newer);
    expect(await claimAcademy(testDb(), older, admin(), DEVICE)).toMatchObject({ code: "forbidden" });
    expect(await claimAcademy(testDb(), newer, admin(), DEVICE)).toMatchObject({ ok: true });
  });

  it("is neither made nor taken once anybody has an account", async () => {
    const link = await token();
    await createUser(testDb());
    expect(await createSetupToken(testDb())).toBeNull();
    expect(await claimAcademy(testDb(), link, admin(), DEVICE)).toMatchObject({ code: "forbidden" });
    expect(await testDb().$count(user)).toBe(1);
  });

  it("is refused when nothing was ever made, whatever is offered", async () => {
    for (const offered of ["", "null", "undefined"]) {
      expect(await claimAcademy(testDb(), offered, admin(), DEVICE)).toMatchObject({ code: "forbidden" });
    }
  });

  it("makes one admin when two claim at once", async () => {
    const link = await token();
    const results = await Promise.all(
      ["one@example.test", "two@example.test", "three@example.test"].map((email) =>
        claimAcademy(testDb(), link, admin(email), DEVICE),
      ),
    );
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    expect(results.filter((each) => !each.ok && each.code === "forbidden")).toHaveLength(2);
    expect(await testDb().$count(user)).toBe(1);
  });
});
