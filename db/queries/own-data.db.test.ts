import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { recordAudit } from "@/db/mutations/audit";
import { issueCalendarToken } from "@/db/mutations/calendar-token";
import { writeNote } from "@/db/mutations/note";
import { openSession } from "@/db/mutations/session";
import * as tables from "@/db/schema";
import { testDb } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createSignup,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { getOwnData } from "./own-data";

const db = testDb();

/**
 * Tables that refer to a person or a student and are not in their export, each with the reason. A new table has to be
 * exported, or named here.
 */
const NOT_EXPORTED: Record<string, string> = {
  batch_instructor: "of staff",
  note: "what staff wrote for themselves",
  notification_preference: "there, by what was chosen",
  oauth_state: "the way to WakaTime, for ten minutes",
  risk_snooze: "what staff wrote for themselves",
  saved_view: "of staff",
  sync_outcome: "how a sync went; the days are there",
  sync_run: "how a sync went; the days are there",
  user_token: "links that let somebody in",
};

it("has all that is stored of a person, and nothing of anybody else or that lets anybody in", async () => {
  const admin: Extract<Actor, { type: "user" }> = {
    ...{ type: "user", id: (await createUser(db, { role: "admin", name: "Olga Staff" })).id, role: "admin" },
  };
  const { id: batchId } = await createBatch(db, { name: "Spring" });
  const [mine, other] = [
    await createStudent(db, { batchId, name: "Ada Own", passwordHash: "hash-of-ada", phone: "+1 555 1" }),
    await createStudent(db, { batchId, name: "Bea Other" }),
  ];
  const peer = await createStudent(db, { batchId, name: "Cleo Peer" });
  const session = await createDemoSession(db, { title: "Friday" });
  for (const { id, studentId, name } of [mine, other]) {
    const actor: Actor = { type: "user", id, role: "student" };
    await openSession(db, id, { ip: "203.0.113.7", userAgent: `Browser of ${name}` });
    await issueCalendarToken(db, actor, id, { nonce: `nonce ${name}`, tokenHash: Buffer.from(`hash ${name}`) });
    await createConnection(db, id, {
      accessTokenEncrypted: `access ${name}`,
      refreshTokenEncrypted: `refresh ${name}`,
    });
    await addCodingDays(db, id, { "2026-11-19": 90, "2026-11-20": 0 });
    await db.execute(sql`
      with named as (insert into coding_name (kind, name) values ('project', ${`project of ${name}`}) returning id)
      insert into daily_summary_item (summary_id, name_id, ms)
      select d.id, named.id, 5400000 from daily_summary d, named where d.user_id = ${id} and d.date = '2026-11-19'`);
    await db.insert(tables.demo).values({ studentId, title: `Demo of ${name}`, technologies: ["Go"] });
    await createSignup(db, session.id, studentId, "scheduled");
    await db
      .update(tables.demoSignup)
      .set({ status: "presented", rating: 5, presentationNotes: `Well done, ${name}` })
      .where(eq(tables.demoSignup.studentId, studentId));
    await db
      .insert(tables.certificate)
      .values({ studentId, name: `Certificate of ${name}`, issuer: "X", dateIssued: "2026-05-01" });
    await db.insert(tables.goal).values({ studentId, slot: 1, period: "week", targetMs: 3_600_000 });
    await db.insert(tables.apiToken).values({
      ...{ userId: id, name: `Token of ${name}`, tokenHash: Buffer.from(`secret ${name}`), scopes: ["read"] },
      expiresAt: new Date("2027-01-01"),
    });
    await db.insert(tables.keyUse).values({ batchId, userId: id });
    await db.insert(tables.riskBand).values({
      ...{ studentId, batchId, state: "watch", points: 3, checkedAt: new Date(), fromDate: "2026-11-10" },
      signals: [
        { kind: "goals", points: 1, value: 20, threshold: 50, unknown: null, of: `Goal of ${name}` },
        { kind: "drop", points: 0, value: null, threshold: null, unknown: "too_few_days", of: null },
      ],
    });
    await db.insert(tables.riskSnooze).values({
      ...{ studentId, authorId: admin.id, response: "snoozed", reason: "Between staff", state: "watch" },
      untilDate: "2026-12-01",
    });
    await writeNote(db, admin, { studentId, body: "Between staff", isShared: true, followUpOn: null });
    await recordAudit(db, admin, { action: "user.disable", subjectType: "user", subjectId: id, label: name });
    const [certificate] = await db.select().from(tables.certificate).where(eq(tables.certificate.studentId, studentId));
    const [signup] = await db.select().from(tables.demoSignup).where(eq(tables.demoSignup.studentId, studentId));
    await recordAudit(db, admin, {
      ...{ action: "certificate.edit", subjectType: "certificate", subjectId: certificate?.id ?? 0 },
      label: `${name} · X`,
    });
    // A place that another student gave up.
    await recordAudit(
      db,
      { type: "user", id: peer.id, role: "student" },
      {
        ...{
          action: "signup.promote",
          subjectType: "demo_signup",
          subjectId: signup?.id ?? 0,
          label: `${name} · Friday`,
        },
      },
    );
  }

  const { data } = await getOwnData(db, mine.id);
  const text = JSON.stringify(data);
  expect(text).not.toMatch(
    /Bea Other|Cleo Peer|Between staff|Olga Staff|hash-of-ada|nonce|access Ada|refresh Ada|secret Ada/,
  );
  expect(text).not.toContain(Buffer.from("hash Ada Own").toString("hex"));
  expect(data.account).toMatchObject({
    name: "Ada Own",
    phone: "+1 555 1",
    has_password: true,
    student_id: mine.studentId,
  });
  expect(data.enrolments).toMatchObject([{ batch: "Spring", status: "active", from: "2026-01-05", until: null }]);
  expect(data.days).toMatchObject([
    { date: "2026-11-19", total_ms: 5_400_000, time_zone: "UTC" },
    { date: "2026-11-20", total_ms: 0 },
  ]);
  // One's own export keeps the names, hidden or not.
  expect(data.day_details).toEqual([["2026-11-19", "project", "project of Ada Own", 5_400_000]]);
  expect(data.demo_signups).toMatchObject([{ session: "Friday", rating: 5, feedback: "Well done, Ada Own" }]);
  expect(data.demos).toMatchObject([{ title: "Demo of Ada Own", technologies: ["Go"] }]);
  expect([data.certificates.length, data.goals.length, data.api_tokens.length]).toEqual([1, 1, 1]);
  expect(data.key_uses).toMatchObject([{ batch: "Spring" }]);
  expect(data.standing).toMatchObject([
    {
      ...{ from: "2026-11-10", until: null, batch: "Spring", band: "watch", points: 3 },
      facts: ["goals: 20 against 50, Goal of Ada Own, 1 point", "drop: not known (too_few_days), 0 points"],
    },
  ]);
  expect(data.sign_ins).toMatchObject([{ device: "Browser of Ada Own", address: "203.0.113.7", ended_at: null }]);
  expect(data.wakatime).toMatchObject({ status: "active" });
  expect(data.activity.map(({ action, by }) => [action, by])).toEqual([
    ["calendar.issue", "you"],
    ["user.disable", "staff"],
    ["certificate.edit", "staff"],
    ["signup.promote", "somebody else"],
  ]);
  expect(String(data.account.joined_at)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/);
});

it("leaves no table of a person out unseen", async () => {
  const rows = await db.execute<{ name: string }>(sql`
    select distinct c.conrelid::regclass::text as name from pg_constraint c
    where c.contype = 'f' and c.confrelid in ('"user"'::regclass, 'student'::regclass)`);
  const source = await import("node:fs/promises").then(({ readFile }) =>
    readFile(new URL("./own-data.ts", import.meta.url), "utf8"),
  );
  const names = rows.map(({ name }) => name.replaceAll('"', ""));
  expect(names.length).toBeGreaterThan(20);
  const missing = names.filter((name) => !new RegExp(`\\b${name} `).test(source) && !(name in NOT_EXPORTED));
  expect(missing).toEqual([]);
});
