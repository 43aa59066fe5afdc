import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestEmailChange } from "@/db/mutations/account-address";
import { cancelDeletion, requestDeletion } from "@/db/mutations/account-deletion";
import { closeAccount } from "@/db/mutations/account-deletion-close";
import { forgetOwnNames } from "@/db/mutations/account-deletion-names";
import { recordAudit } from "@/db/mutations/audit";
import { issueCalendarToken } from "@/db/mutations/calendar-token";
import { moveStudent } from "@/db/mutations/enrolment";
import { writeNote } from "@/db/mutations/note";
import { openSession } from "@/db/mutations/session";
import { signUp } from "@/db/mutations/signup";
import { enableUser } from "@/db/mutations/user-access";
import { editUser } from "@/db/mutations/user-edit";
import { getAccountByEmail } from "@/db/queries/account";
import { listNoticeIdentities } from "@/db/queries/account-deletion";
import { getViewerBySessionId } from "@/db/queries/session";
import { listUsers } from "@/db/queries/user-list";
import * as tables from "@/db/schema";
import { demoAccessToken, demoUid } from "@/db/seed/coding-generator";
import { atOnce } from "@/db/testing/at-once";
import { testDb, testSql } from "@/db/testing/database";
import { createFarSession, namesOf, toldOf } from "@/db/testing/demo-sessions";
import { createBatch, createConnection, createSignup, createStudent, createUser } from "@/db/testing/factories";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import type { Actor } from "@/lib/auth/permissions";
import { localDate } from "@/lib/dates";
import { newLink } from "@/lib/notify/link-token";
import { mailKey } from "@/lib/notify/mailer";
import { personOf, testKeys } from "@/lib/wakatime/testing/people";
import { encryptTokenPair } from "@/lib/wakatime/token-crypto";
import { deletionSteps } from "./account-tick";
import { runJob } from "./run";
import { createTestIo } from "./testing/io";

const db = testDb();
const SYSTEM: Actor = { type: "system", job: "test" };
const NOW = new Date();
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const student = (id: number): Actor => ({ type: "user", id, role: "student" });

let fake: FakeWakatime;
let admin: Extract<Actor, { type: "user" }>;
let batchId: number;
const home = mkdtempSync(join(tmpdir(), "cohort-accounts-"));

beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => NOW });
  Object.assign(process.env, { WAKATIME_CLIENT_ID: "id", WAKATIME_CLIENT_SECRET: "secret", COHORT_HOME: home });
  admin = { type: "user", id: (await createUser(db, { role: "admin", name: "Head of School" })).id, role: "admin" };
  batchId = (await createBatch(db)).id;
});
afterAll(async () => {
  await fake.close();
  rmSync(home, { recursive: true, force: true });
});

async function tick(at: Date) {
  const { io, sent, close } = createTestIo(db, fake.url, () => at);
  try {
    await runJob("account-tick", {}, io);
  } finally {
    await close();
  }
  return sent.map(({ name }) => name);
}

const userRow = async (id: number) => {
  const [row] = await db.select().from(tables.user).where(eq(tables.user.id, id));
  if (!row) throw new Error("users are never deleted");
  return row;
};

let people = 0;

/** Somebody who has left a trace in everything, each of it with a word that stands nowhere else. */
async function createTraced() {
  const number = ++people;
  const word = `zquark${number}`;
  // With signs that JSON and patterns escape, and letters that not every database lowers.
  const name = `ZENOBIA ÉTOILE "50%_\\" ${word}-son`;
  const person = await createStudent(db, {
    ...{ batchId, name: `Former ${word}-maiden`, email: `${word}@people.test`, phone: `+1 555 ${word}` },
    ...{ passwordHash: `hash-${word}`, timeZone: "Asia/Kathmandu", pendingEmail: `new-${word}@people.test` },
  });
  const { id, studentId } = person;
  const renamed = await editUser(db, admin, { userId: id }, { name, phone: `+1 555 ${word}` });
  expect(renamed).toMatchObject({ ok: true });
  const sid = await openSession(db, id, { ip: "203.0.113.9", userAgent: `Browser of ${word}` });
  await issueCalendarToken(db, student(id), id, { nonce: `nonce-${word}`, tokenHash: Buffer.from(word) });
  await requestEmailChange(db, id, `other-${word}@people.test`, newLink("verify"));
  await db.insert(tables.apiToken).values({
    ...{ userId: id, name: `token of ${word}`, tokenHash: Buffer.from(`api ${word}`), scopes: [] },
    expiresAt: inDays(90),
  });
  await db.insert(tables.rateLimit).values({ key: `sign-in-account:${word}@people.test|203.0.113.9`, points: 1 });
  await createConnection(db, id, {
    wakatimeUid: demoUid(9_000 + number),
    ...encryptTokenPair(
      id,
      { accessToken: demoAccessToken(personOf(9_000 + number)), refreshToken: `refresh-${word}` },
      testKeys,
    ),
  });
  await addDay(id, "2026-11-20", {
    project: [`${word}-portfolio`, "shared-shop"],
    machine: [`machine-${word}`],
    dependency: ["react"],
    language: ["TypeScript"],
  });
  await writeNote(db, admin, { studentId, body: `${word} needs help`, isShared: true, followUpOn: null });
  await db.insert(tables.goal).values({
    ...{ studentId, slot: 1, period: "week", kind: "project", name: `${word}-portfolio`, targetMs: 3_600_000 },
  });
  const [demo] = await db
    .insert(tables.demo)
    .values({ studentId, title: `Portfolio of ${word}`, technologies: [word], demoUrl: `https://${word}.test` })
    .returning();
  await db.insert(tables.certificate).values([
    { studentId, name: `Certificate of ${word}`, issuer: "Elsewhere", dateIssued: "2026-05-01" },
    {
      ...{ studentId, name: "Web", issuer: "Academy", dateIssued: "2026-05-01", issuedBy: admin.id },
      verifyCode: `V-${word}`,
    },
  ]);
  const [project] = await db
    .insert(tables.project)
    .values({ batchId, name: `Project ${number}`, startDate: "2026-01-05" })
    .returning();
  await db.insert(tables.assignment).values({
    ...{ studentId, projectId: project?.id ?? 0, status: "active", resumeUrl: `https://cv.test/${word}` },
    ...{ linkedinUrl: `https://linkedin.test/${word}`, offerDate: "2026-10-01" },
  });
  // What the log says of things that are gone, and of other things that name the person.
  await recordAudit(db, admin, {
    ...{ action: "note.delete", subjectType: "note", subjectId: 999_000 + number, label: name },
    before: { body: `Talked to ${name} (${word}@people.test)` },
  });
  await recordAudit(db, admin, {
    ...{ action: "batch.edit", subjectType: "batch", subjectId: batchId, label: "Batch" },
    after: { description: `Mentor: ${name}.`, capacity: 20 },
  });
  const past = await createFarSession(db);
  const signup = await createSignup(db, past.id, studentId);
  await db
    .update(tables.demoSignup)
    .set({
      ...{ status: "presented", rating: 4, demoId: demo?.id ?? null, signupNotes: `notes of ${word}` },
      presentationNotes: `feedback for ${word}`,
    })
    .where(eq(tables.demoSignup.id, signup.id));
  return { id, studentId, sid, word, name, email: `${word}@people.test`, signupId: signup.id };
}

async function addDay(userId: number, date: string, names: Partial<Record<string, string[]>>) {
  const [day] = await db
    .insert(tables.dailySummary)
    .values({ userId, date, totalMs: 5_400_000, timeZone: "UTC", digest: 7n })
    .returning();
  for (const [kind, each] of Object.entries(names)) {
    for (const name of each ?? []) {
      await db.execute(sql`
        with named as (
          insert into coding_name (kind, name) values (${kind}::coding_name_kind, ${name})
          on conflict (kind, name) do update set created_at = coding_name.created_at returning id
        ) insert into daily_summary_item (summary_id, name_id, ms) select ${day?.id ?? 0}, id, 60000 from named`);
    }
  }
}

/** The tables of which some row has this word anywhere. */
async function tablesNaming(word: string): Promise<string[]> {
  const all = await db.execute<{ name: string }>(sql`
    select c.oid::regclass::text as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where c.relkind in ('r', 'p')`);
  const found: string[] = [];
  for (const { name } of all) {
    const [hit] = await db.execute(sql`
      select 1 from ${sql.raw(name)} t where to_jsonb(t)::text ilike ${`%${word}%`} limit 1`);
    if (hit) found.push(name.replaceAll('"', ""));
  }
  return found.sort();
}

/** Where a person has left a word. */
const TRACES = [
  ...["api_token", "assignment", "audit_event", "calendar_token", "certificate", "coding_name", "demo", "demo_signup"],
  ...["goal", "note", "outbox", "rate_limit", "session", "user", "user_token"],
];

/** What is counted of a person, and stays. */
async function numbersOf({ id, studentId }: { id: number; studentId: number }) {
  const [row] = await db.execute(sql`
    select (select sum(total_ms)::int from daily_summary where user_id = ${id}) as total,
      (select json_agg(json_build_object('status', status, 'rating', rating) order by id) from demo_signup
        where student_id = ${studentId}) as signups,
      (select json_agg(from_date order by from_date) from enrolment where student_id = ${studentId}) as enrolled,
      (select count(*)::int from assignment where student_id = ${studentId}) as assignments,
      (select count(*)::int from "user" where role = 'student') as students`);
  return { ...row };
}

async function askAndRemind(id: number) {
  expect(await requestDeletion(db, student(id), NOW)).toMatchObject({ ok: true });
  await tick(inDays(13.1));
}

describe("an account that is deleted", () => {
  it("leaves numbers and nothing else, hands its places on, and frees its address", async () => {
    const person = await createTraced();
    const other = await createStudent(db, { batchId, name: "Next in Line" });
    await addDay(other.id, "2026-11-20", { project: ["shared-shop"] });
    const session = await createFarSession(db, { maxScheduled: 1 });
    for (const { studentId } of [person, other]) {
      const asked = { sessionId: session.id, studentId, demoId: null, notes: null };
      expect(await signUp(db, SYSTEM, asked, NOW)).toMatchObject({ ok: true });
    }
    await askAndRemind(person.id);
    const folder = join(home, "mail");
    mkdirSync(folder, { recursive: true });
    const [identity = ""] = await listNoticeIdentities(db, person.id);
    const mail = join(folder, `${mailKey(identity)}.json`);
    writeFileSync(mail, person.name);
    const before = await numbersOf(person);
    expect(await tablesNaming(person.word)).toEqual(TRACES);

    fake.requests.length = 0;
    expect(await tick(inDays(14.1))).toContain("outbox-send");
    expect(await tablesNaming(person.word)).toEqual([]);
    expect(fake.requests.map(({ path }) => path)).toEqual(["/oauth/revoke"]);
    expect(await db.$count(tables.connection, eq(tables.connection.userId, person.id))).toBe(0);
    expect(existsSync(mail)).toBe(false);

    const row = await userRow(person.id);
    expect(row).toMatchObject({ name: "Deleted student", role: "student", phone: null, passwordHash: null });
    expect(row).toMatchObject({ deletionDueAt: null, email: `deleted-${person.id}@deleted.invalid` });
    expect(row.anonymisedAt).not.toBeNull();
    // The place of the session to come was given up before it was handed on; everything else is counted as before.
    const signups = [
      { status: "presented", rating: 4 },
      { status: "cancelled", rating: null },
    ];
    expect(await numbersOf(person)).toEqual({ ...before, signups });
    expect(await namesOf(db, session.id, "scheduled")).toEqual(["Next in Line"]);
    expect(await toldOf(db, session.id)).toEqual(["demo-promoted Next in Line"]);
    const [period] = await db.select().from(tables.enrolment).where(eq(tables.enrolment.studentId, person.studentId));
    expect(period?.toDate).toBe(localDate(inDays(14.1), "America/Chicago"));
    const kinds = await db.execute<{ kind: string }>(sql`
      select n.kind from daily_summary d join daily_summary_item i on i.summary_id = d.id join coding_name n on n.id = i.name_id
      where d.user_id = ${person.id}`);
    expect(kinds.map(({ kind }) => kind)).toEqual(["language"]);
    const [work] = await db.select().from(tables.assignment).where(eq(tables.assignment.studentId, person.studentId));
    expect(work).toMatchObject({ offerDate: null, resumeUrl: null, linkedinUrl: null });
    // A name that somebody else's day has, too, is theirs still.
    expect(await tablesNaming("shared-shop")).toEqual(["coding_name"]);

    // The log keeps what kind of change it was, and what is no person's.
    const events = await db
      .select()
      .from(tables.auditEvent)
      .where(and(eq(tables.auditEvent.subjectType, "user"), eq(tables.auditEvent.subjectId, person.id)));
    expect(new Set(events.map(({ label }) => label))).toEqual(new Set(["Deleted student"]));
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["user.edit", "user.request-deletion", "connection.disconnect", "user.delete-account"]),
    );
    const [edit] = await db.select().from(tables.auditEvent).where(eq(tables.auditEvent.action, "batch.edit"));
    expect(edit).toMatchObject({ label: "Batch", after: { description: "Mentor: Deleted student.", capacity: 20 } });

    expect(await getViewerBySessionId(db, person.sid)).toBeNull();
    expect(await getAccountByEmail(db, person.email)).toBeNull();
    expect(await enableUser(db, admin, person.id)).toMatchObject({ ok: false, code: "not_found" });
    const back = await moveStudent(db, admin, { studentId: person.studentId, batchId });
    expect(back).toMatchObject({ ok: false, code: "not_found" });
    expect(await createUser(db, { email: person.email })).toMatchObject({ email: person.email });
    const filters = { q: "deleted", sort: { key: "name", descending: false }, page: 1, size: 20 } as const;
    const { rows } = await listUsers(db, filters, admin, NOW);
    expect(rows.map(({ id }) => id)).not.toContain(person.id);
    const studentsThat = async (account?: "enabled" | "disabled") =>
      (await listUsers(db, { ...filters, q: "", role: "student", account: account ?? null }, admin, NOW)).total;
    expect(await studentsThat()).toBe((await studentsThat("enabled")) + (await studentsThat("disabled")));

    const settled = await userRow(person.id);
    await tick(inDays(15));
    expect(await userRow(person.id)).toEqual(settled);
  });

  it("is deleted to the end, after whichever step the job was killed", async () => {
    const cut = [];
    for (let done = 0; done <= deletionSteps.length; done++) {
      const person = await createTraced();
      expect(await requestDeletion(db, student(person.id), NOW)).toMatchObject({ ok: true });
      cut.push({ ...person, done });
    }
    const before = await Promise.all(cut.map(numbersOf));
    await tick(inDays(13.1));
    const { io, close } = createTestIo(db, fake.url, () => inDays(14.1));
    for (const { id, sid, done } of cut) {
      expect(await closeAccount(db, SYSTEM, id, inDays(14.1))).toBe(true);
      for (const step of deletionSteps.slice(0, done)) await step(io, id);
      expect(await getViewerBySessionId(db, sid)).toBeNull();
    }
    await close();
    await tick(inDays(14.2));
    for (const { id, word, done } of cut) {
      expect(await tablesNaming(word), `${done} steps`).toEqual([]);
      expect((await userRow(id)).anonymisedAt).not.toBeNull();
    }
    expect(await Promise.all(cut.map(numbersOf))).toEqual(before);
  });

  it("keeps the name of a project that somebody else’s day gets at this very moment", async () => {
    const [one, other] = [await createStudent(db, { batchId }), await createStudent(db, { batchId })];
    await addDay(one.id, "2026-11-20", { project: ["soon-shared", "mine-alone"] });
    await addDay(other.id, "2026-11-20", {});
    const forgotten = await testSql().begin(async (sync) => {
      // As a sync does: it has looked the name up, and writes the item.
      await sync`
        insert into daily_summary_item (summary_id, name_id, ms)
        select d.id, n.id, 1 from daily_summary d, coding_name n where d.user_id = ${other.id} and n.name = 'soon-shared'`;
      const forgetting = forgetOwnNames(db, one.id);
      await expect
        .poll(async () => {
          const [row] = await testSql()`select count(*)::int as n from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like 'lock table%'`;
          return row?.n;
        })
        .toBe(1);
      return { forgetting };
    });
    expect(await forgotten.forgetting).toBe(1);
    expect(await tablesNaming("soon-shared")).toEqual(["coding_name"]);
    expect(await tablesNaming("mine-alone")).toEqual([]);
  });

  it("leaves the log of a namesake alone, and words that are names", async () => {
    const [one, other] = [await createTraced(), await createStudent(db, { name: "Rosa May Twin" })];
    await db.update(tables.user).set({ name: "Rosa May Twin" }).where(eq(tables.user.id, one.id));
    await recordAudit(db, admin, {
      ...{ action: "batch.edit", subjectType: "batch", subjectId: batchId, label: "Twins" },
      after: { description: "Mentor: Rosa May Twin, from May on" },
    });
    await askAndRemind(one.id);
    await tick(inDays(14.1));
    const [edit] = await db.select().from(tables.auditEvent).where(eq(tables.auditEvent.label, "Twins"));
    expect(edit?.after).toEqual({ description: "Mentor: Rosa May Twin, from May on" });
    expect(await userRow(other.id)).toMatchObject({ name: "Rosa May Twin", anonymisedAt: null });
  });
});

/** Tables that refer to people and hold nothing of the traces above, each with what becomes of it. */
const DECIDED: Record<string, string> = {
  batch_instructor: "goes",
  connection: "goes; its tokens are encrypted",
  daily_summary: "stays, as numbers",
  enrolment: "stays, and ends",
  key_use: "stays: how often a key was used",
  notification_preference: "goes",
  oauth_state: "goes with its session",
  risk_band: "stays, without its reasons",
  risk_snooze: "goes",
  saved_view: "goes",
  student: "stays: a number",
  sync_gap: "goes",
  sync_outcome: "stays, without its reason",
  sync_run: "stays, without its error",
};

it("is decided on for every table that refers to people", async () => {
  const rows = await db.execute<{ name: string }>(sql`
    select distinct c.conrelid::regclass::text as name from pg_constraint c
    where c.contype = 'f' and c.confrelid in ('"user"'::regclass, 'student'::regclass)`);
  const names = rows.map(({ name }) => name.replaceAll('"', ""));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !TRACES.includes(name) && !(name in DECIDED))).toEqual([]);
});

describe("the time of grace", () => {
  const told = async (id: number) =>
    (await db.select().from(tables.outbox).where(eq(tables.outbox.userId, id))).map(({ kind }) => kind);

  it("is fourteen days, with a mail at once and one on the day before, each once", async () => {
    const { id } = await createStudent(db, { batchId });
    expect(await requestDeletion(db, student(id), NOW)).toEqual({ ok: true, data: { dueAt: inDays(14) } });
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
    const { id } = await createStudent(db, { batchId });
    await requestDeletion(db, student(id), NOW);
    await tick(inDays(30));
    expect(await userRow(id)).toMatchObject({ disabledAt: null, deletionDueAt: inDays(31) });
    expect(await told(id)).toEqual(["deletion-requested", "deletion-tomorrow"]);
    await tick(inDays(31));
    expect((await userRow(id)).anonymisedAt).not.toBeNull();
  });

  it("ends with the account kept, and its mail unsent", async () => {
    const { id } = await createStudent(db, { batchId });
    await requestDeletion(db, student(id), NOW);
    expect(await cancelDeletion(db, student(id))).toMatchObject({ ok: true });
    const [notice] = await db.select().from(tables.outbox).where(eq(tables.outbox.userId, id));
    expect(notice).toMatchObject({ sentAt: null, lastError: "They keep their account." });
    await tick(inDays(14.1));
    expect(await userRow(id)).toMatchObject({ deletionDueAt: null, disabledAt: null, anonymisedAt: null });
  });

  it("is the student's own: nobody else asks or cancels, and who has become staff stays", async () => {
    const { id } = await createStudent(db, { batchId });
    expect(await requestDeletion(db, admin)).toMatchObject({ ok: false, code: "forbidden" });
    await askAndRemind(id);
    await db.update(tables.user).set({ role: "instructor" }).where(eq(tables.user.id, id));
    await tick(inDays(14.1));
    expect(await userRow(id)).toMatchObject({ deletionDueAt: null, disabledAt: null, anonymisedAt: null });
  });

  it("is nothing that staff are reminded of: their account is kept", async () => {
    const { id } = await createStudent(db, { batchId });
    await requestDeletion(db, student(id), NOW);
    await db.update(tables.user).set({ role: "instructor" }).where(eq(tables.user.id, id));
    await tick(inDays(13.1));
    expect(await userRow(id)).toMatchObject({ deletionDueAt: null });
    expect(await told(id)).toEqual(["deletion-requested"]);
  });

  it("can be ended by whose role was taken away, too, who is deleted otherwise", async () => {
    const [kept, gone] = [await createStudent(db, { batchId }), await createStudent(db, { batchId })];
    for (const { id } of [kept, gone]) {
      await requestDeletion(db, student(id), NOW);
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
      const { id } = await createStudent(db, { batchId });
      await askAndRemind(id);
      const keep = () => cancelDeletion(db, student(id));
      const close = () => closeAccount(db, SYSTEM, id, inDays(14.1));
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
