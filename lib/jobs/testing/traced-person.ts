import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "@/db/client";
import { requestEmailChange } from "@/db/mutations/account-address";
import { recordAudit } from "@/db/mutations/audit";
import { issueCalendarToken } from "@/db/mutations/calendar-token";
import { writeNote } from "@/db/mutations/note";
import { openSession } from "@/db/mutations/session";
import { editUser } from "@/db/mutations/user-edit";
import * as tables from "@/db/schema";
import { demoAccessToken, demoUid } from "@/db/seed/coding-generator";
import { createFarSession } from "@/db/testing/demo-sessions";
import { createConnection, createSignup, createStudent } from "@/db/testing/factories";
import { newLink } from "@/lib/notify/link-token";
import { personOf, testKeys } from "@/lib/wakatime/testing/people";
import { encryptTokenPair } from "@/lib/wakatime/token-crypto";
import type { accountLab } from "./account-lab";

/** Where a person has left a word. */
export const TRACES = [
  ...["api_token", "assignment", "audit_event", "calendar_token", "certificate", "coding_name", "demo", "demo_signup"],
  ...["goal", "note", "outbox", "rate_limit", "session", "user", "user_token"],
];

let people = 0;

/** Somebody who has left a trace in everything, each of it with a word that stands nowhere else. */
export async function createTraced({ db, admin, batchId, inDays, student }: ReturnType<typeof accountLab>) {
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
  await addDay(db, id, "2026-11-20", {
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

export async function addDay(db: Db, userId: number, date: string, names: Partial<Record<string, string[]>>) {
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
