import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { requestDeletion } from "@/db/mutations/account-deletion";
import { closeAccount } from "@/db/mutations/account-deletion-close";
import { forgetOwnNames } from "@/db/mutations/account-deletion-names";
import { recordAudit } from "@/db/mutations/audit";
import { moveStudent } from "@/db/mutations/enrolment";
import { signUp } from "@/db/mutations/signup";
import { enableUser } from "@/db/mutations/user-access";
import { getAccountByEmail } from "@/db/queries/account";
import { listNoticeIdentities } from "@/db/queries/account-deletion";
import { getViewerBySessionId } from "@/db/queries/session";
import { listUsers } from "@/db/queries/user-list";
import * as tables from "@/db/schema";
import { testSql } from "@/db/testing/database";
import { createFarSession, namesOf, toldOf } from "@/db/testing/demo-sessions";
import { createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { localDate } from "@/lib/dates";
import { mailKey } from "@/lib/notify/mailer";
import { deletionSteps } from "./account-tick";
import { accountLab } from "./testing/account-lab";
import { createTestIo } from "./testing/io";
import { addDay, createTraced, TRACES } from "./testing/traced-person";

const lab = accountLab();
const { db, now, home, inDays, student, tick, userRow, askAndRemind } = lab;
const SYSTEM: Actor = { type: "system", job: "test" };

/** The tables of which some row has this word anywhere. */
async function tablesNaming(word: string): Promise<string[]> {
  const all = await db.execute<{ name: string }>(sql`
    select c.oid::regclass::text as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where c.relkind in ('r', 'p')`);
  const naming = all.map(
    ({ name }) => sql`
      select ${name}::text as name
      where exists (select 1 from ${sql.raw(name)} t where to_jsonb(t)::text ilike ${`%${word}%`})`,
  );
  const found = await db.execute<{ name: string }>(sql.join(naming, sql` union all `));
  return found.map(({ name }) => name.replaceAll('"', "")).sort();
}

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

describe("an account that is deleted", () => {
  it("leaves numbers and nothing else, hands its places on, and frees its address", async () => {
    const person = await createTraced(lab);
    const other = await createStudent(db, { batchId: lab.batchId, name: "Next in Line" });
    await addDay(db, other.id, "2026-11-20", { project: ["shared-shop"] });
    const session = await createFarSession(db, { maxScheduled: 1 });
    for (const { studentId } of [person, other]) {
      const asked = { sessionId: session.id, studentId, demoId: null, notes: null };
      expect(await signUp(db, SYSTEM, asked, now)).toMatchObject({ ok: true });
    }
    await askAndRemind(person.id);
    const folder = join(home, "mail");
    mkdirSync(folder, { recursive: true });
    const [identity = ""] = await listNoticeIdentities(db, person.id);
    const mail = join(folder, `${mailKey(identity)}.json`);
    writeFileSync(mail, person.name);
    const before = await numbersOf(person);
    expect(await tablesNaming(person.word)).toEqual(TRACES);

    lab.fake.requests.length = 0;
    expect(await tick(inDays(14.1))).toContain("outbox-send");
    expect(await tablesNaming(person.word)).toEqual([]);
    expect(lab.fake.requests.map(({ path }) => path)).toEqual(["/oauth/revoke"]);
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
    expect(await enableUser(db, lab.admin, person.id)).toMatchObject({ ok: false, code: "not_found" });
    const back = await moveStudent(db, lab.admin, { studentId: person.studentId, batchId: lab.batchId });
    expect(back).toMatchObject({ ok: false, code: "not_found" });
    expect(await createUser(db, { email: person.email })).toMatchObject({ email: person.email });
    const filters = { q: "deleted", sort: { key: "name", descending: false }, page: 1, size: 20 } as const;
    const { rows } = await listUsers(db, filters, lab.admin, now);
    expect(rows.map(({ id }) => id)).not.toContain(person.id);
    const studentsThat = async (account?: "enabled" | "disabled") =>
      (await listUsers(db, { ...filters, q: "", role: "student", account: account ?? null }, lab.admin, now)).total;
    expect(await studentsThat()).toBe((await studentsThat("enabled")) + (await studentsThat("disabled")));

    const settled = await userRow(person.id);
    await tick(inDays(15));
    expect(await userRow(person.id)).toEqual(settled);
  });

  it("is deleted to the end, after whichever step the job was killed", async () => {
    const cut = [];
    for (let done = 0; done <= deletionSteps.length; done++) {
      const person = await createTraced(lab);
      expect(await requestDeletion(db, student(person.id), now)).toMatchObject({ ok: true });
      cut.push({ ...person, done });
    }
    const before = await Promise.all(cut.map(numbersOf));
    await tick(inDays(13.1));
    const { io, close } = createTestIo(db, lab.fake.url, () => inDays(14.1));
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
    const [one, other] = [
      await createStudent(db, { batchId: lab.batchId }),
      await createStudent(db, { batchId: lab.batchId }),
    ];
    await addDay(db, one.id, "2026-11-20", { project: ["soon-shared", "mine-alone"] });
    await addDay(db, other.id, "2026-11-20", {});
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
    const [one, other] = [await createTraced(lab), await createStudent(db, { name: "Rosa May Twin" })];
    await db.update(tables.user).set({ name: "Rosa May Twin" }).where(eq(tables.user.id, one.id));
    await recordAudit(db, lab.admin, {
      ...{ action: "batch.edit", subjectType: "batch", subjectId: lab.batchId, label: "Twins" },
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
