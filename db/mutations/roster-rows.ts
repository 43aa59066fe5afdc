import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Actor } from "@/lib/auth/permissions";
import type { Judged } from "@/lib/roster/verdict";
import { type AuditChange, recordAudits } from "./audit";
import { lockPeople } from "./people-lock";

/** Rows for one statement, however many they are. */
const recordset = (rows: object[], columns: SQL): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as input(${columns})`;

/** Whoever of the file is known, and after them the batches with limited places. */
export async function lockRoster(tx: Db, emails: string[]): Promise<void> {
  const wanted = sql`select jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb)`;
  await lockPeople(tx, sql`select id from "user" where email in (${wanted})`);
  await tx.execute(sql`select id from batch where capacity is not null order by id for no key update`);
}

/** Who somebody of the file is, now that everybody of it has an account. */
export type RosterIds = { userOf: (email: string) => number; studentOf: (email: string) => number };

const must = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
};

/** Makes and changes accounts, and students of those who were none. Null when an address was taken meanwhile. */
export async function writeAccounts(tx: Db, people: Judged[]): Promise<RosterIds | null> {
  const accounts = people.map(({ account }) => must(account, "account"));
  const fresh = accounts.filter(({ userId }) => userId === null);
  const made: { id: number; email: string }[] = await tx.execute<{ id: number; email: string }>(sql`
    insert into "user" (email, name, phone, time_zone, role)
    select email, name, phone, zone, 'student'
    from ${recordset(
      fresh.map(({ email, name, phone, timeZone }) => ({ email, name, phone, zone: timeZone })),
      sql`email text, name text, phone text, zone text`,
    )}
    on conflict (email) do nothing
    returning id, email`);
  if (made.length !== fresh.length) return null;

  const edited = people.filter(
    ({ kind, changes }) => kind === "changed" && changes.some(({ field }) => ACCOUNT_FIELDS.has(field)),
  );
  await tx.execute(sql`
    update "user" u set name = input.name, phone = input.phone, time_zone = input.zone,
      role = case when u.role = 'user' then 'student' else u.role end,
      version = u.version + 1, updated_at = now()
    from ${recordset(
      edited.map(({ account }) => {
        const { userId, name, phone, timeZone } = must(account, "account");
        return { id: userId, name, phone, zone: timeZone };
      }),
      sql`id int, name text, phone text, zone text`,
    )}
    where u.id = input.id`);

  const users = new Map<string, number>(made.map(({ id, email }) => [email, id]));
  for (const { email, userId } of accounts) if (userId !== null) users.set(email, userId);
  const userOf = (email: string) => must(users.get(email), "user");
  const students = new Map(
    accounts.flatMap(({ email, studentId }) => (studentId === null ? [] : [[email, studentId]])),
  );
  const pupils = accounts
    .filter(({ studentId }) => studentId === null)
    .map(({ email }) => ({ id: userOf(email), email }));
  const enrolled = await tx.execute<{ id: number; userId: number }>(sql`
    insert into student (user_id) select id from ${recordset(pupils, sql`id int`)} returning id, user_id as "userId"`);
  const emails = new Map(pupils.map(({ id, email }) => [id, email]));
  for (const { id, userId } of enrolled) students.set(must(emails.get(userId), "pupil"), id);
  return { userOf, studentOf: (email) => must(students.get(email), "student") };
}

const ACCOUNT_FIELDS: ReadonlySet<string> = new Set(["name", "phone", "timeZone", "role"]);

type Ended = { studentId: number; project: string };

/** Writes all enrolments; returns the projects whose open assignment ended with it, by the student. */
export async function writeEnrolments(tx: Db, people: Judged[], ids: RosterIds): Promise<Map<number, string>> {
  const steps = people.flatMap(({ email, enrolment }) =>
    enrolment ? [{ studentId: ids.studentOf(email), ...enrolment }] : [],
  );
  const deletes = steps.flatMap(({ writes }) => writes.deletes.map((id) => ({ id })));
  await tx.execute(sql`delete from enrolment where id in (select id from ${recordset(deletes, sql`id int`)})`);
  const updates = steps.flatMap(({ writes }) => writes.updates.map((each) => ({ ...each, version: writes.version })));
  await tx.execute(sql`
    update enrolment en set batch_id = input."batchId", status = input.status, to_date = input."to",
      version = input.version, updated_at = now()
    from ${recordset(updates, sql`id int, "batchId" int, status enrolment_status, "to" date, version int`)}
    where en.id = input.id`);
  const inserts = steps.flatMap(({ studentId, writes }) =>
    writes.insert ? [{ ...writes.insert, studentId, version: writes.version }] : [],
  );
  await tx.execute(sql`
    insert into enrolment (student_id, batch_id, status, from_date, to_date, version)
    select "studentId", "batchId", status, "from", "to", version
    from ${recordset(
      inserts,
      sql`"studentId" int, "batchId" int, status enrolment_status, "from" date, "to" date, version int`,
    )}`);
  const ends = steps.flatMap(({ studentId, endsWork }) => (endsWork ? [{ studentId, ...endsWork }] : []));
  // What was never begun cannot have been completed.
  const ended: Ended[] = await tx.execute<Ended>(sql`
    update assignment a set status = case when a.status = 'assigned' then 'dropped' else input.status end,
      version = a.version + 1, updated_at = now()
    from ${recordset(ends, sql`"studentId" int, status assignment_status, "keepBatchId" int`)}, project p
    where a.student_id = input."studentId" and a.status in ('assigned', 'active') and p.id = a.project_id
      and p.batch_id is distinct from input."keepBatchId"
    returning a.student_id as "studentId", p.name as project`);
  return new Map(ended.map(({ studentId, project }) => [studentId, project]));
}

/** One event for what changed in the account, one for the enrolment, as other ways of changing them write. */
export async function auditPeople(
  tx: Db,
  actor: Actor,
  people: Judged[],
  ids: RosterIds,
  endedWork: ReadonlyMap<number, string>,
): Promise<void> {
  const events = people.flatMap(({ email, name, kind, changes, enrolment }): AuditChange[] => {
    const inAccount = changes.filter(({ field }) => ACCOUNT_FIELDS.has(field));
    const after = Object.fromEntries(inAccount.map((change) => [change.field, change.new]));
    const account = { action: "user.import", subjectType: "user", subjectId: ids.userOf(email), label: name };
    const created = { ...account, after: { email, name, role: "student", ...after } };
    const before = Object.fromEntries(inAccount.map((change) => [change.field, change.old]));
    const ofAccount = kind === "new" ? [created] : inAccount.length > 0 ? [{ ...account, before, after }] : [];
    if (!enrolment) return ofAccount;
    const subjectId = ids.studentOf(email);
    const project = endedWork.get(subjectId);
    const { action, before: held, after: entered, replacedPlans } = enrolment;
    return [
      ...ofAccount,
      {
        ...{ action, subjectType: "student", subjectId, label: name, before: { ...held } },
        after: {
          ...entered,
          ...(project && { [action === "student.move" ? "droppedProject" : "endedProject"]: project }),
          ...(replacedPlans.length > 0 && { replacedPlans }),
        },
      },
    ];
  });
  await recordAudits(tx, actor, events);
}
