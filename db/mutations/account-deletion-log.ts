import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type KnownName, type LoggedEvent, redactEvent, sayingWho } from "@/lib/privacy/redact";

/** Some four seconds for a million events. */
const LONGEST_LOOK_MS = 120_000;

type Found = LoggedEvent & { isAboutThem: boolean };

/** What names its student by id in the log. */
const LOGGED_WITH_STUDENT = sql`('assignment', 'certificate')`;

/** Things of this student, also those that are gone: by the log of their making, or of their end. */
const ownThings = (userId: number, studentId: number) => sql`
  select 'demo_signup' as kind, id from demo_signup where student_id = ${studentId}
  union select 'assignment', id from assignment where student_id = ${studentId}
  union select 'certificate', id from certificate where student_id = ${studentId}
  union select 'demo', id from demo where student_id = ${studentId}
  union select 'goal', id from goal where student_id = ${studentId}
  union select 'note', id from note where student_id = ${studentId}
  union select 'outbox', id from outbox where user_id = ${userId}
  union select subject_type, subject_id from audit_event
    where actor_user_id = ${userId} and subject_type in ('demo', 'goal')
  union select subject_type, subject_id from audit_event
    where at >= (select since from joined) and subject_type in ${LOGGED_WITH_STUDENT}
      and coalesce(before ->> 'studentId', after ->> 'studentId') = ${String(studentId)}`;

/** What finds a text wherever it stands: in a label, and in JSON, where some signs are escaped. */
const patternsOf = (text: string): string[] =>
  [...new Set([text, JSON.stringify(text).slice(1, -1)])].map(
    (each) => `%${each.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
  );

/**
 * Takes a person out of the audit log, in the transaction that holds their row and before their things are deleted: events
 * about them keep what kind of change it was; in all others their names and addresses are replaced, and what they did
 * themselves loses its address and request. `names` are the names and addresses they have or had.
 * Reads the log since they joined (idx_audit_event_at).
 */
export async function redactLog(tx: Db, userId: number, studentId: number, names: KnownName[]): Promise<void> {
  await tx.execute(sql`select set_config('statement_timeout', ${`${LONGEST_LOOK_MS}ms`}, true)`);
  const wanted = JSON.stringify(sayingWho(names).flatMap(patternsOf));
  const found: Found[] = await tx.execute<Found>(sql`
    with joined as (select created_at - interval '1 day' as since from "user" where id = ${userId}),
    wanted as materialized (select lower(value) as text from jsonb_array_elements_text(${wanted}::jsonb)),
    own as materialized (${ownThings(userId, studentId)}),
    -- Not kept aside: of all that is looked at, next to nothing is wanted.
    seen as not materialized (
      select e.id, e.subject_type, e.label, e.before, e.after,
        e.subject_type = 'user' and e.subject_id = ${userId} or e.subject_type = 'student' and e.subject_id = ${studentId}
          or (e.subject_type, e.subject_id) in (select kind, id from own) as about,
        lower(concat_ws(' ', e.label, e.before::text, e.after::text)) like any (array(select text from wanted)) as named
      from audit_event e
      where e.at >= (select since from joined)
    )
    select id::float8 as id, subject_type as "subjectType", label, before, after, about as "isAboutThem"
    from seen where about or named`);
  const changed = found.map(({ isAboutThem, ...event }) => redactEvent(event, names, isAboutThem));
  await tx.execute(sql`
    update audit_event e set label = c.label, before = nullif(c.before, 'null'), after = nullif(c.after, 'null')
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c(id bigint, label text, before jsonb, after jsonb)
    where e.id = c.id`);
  await tx.execute(sql`update audit_event set ip = null, request_id = null where actor_user_id = ${userId}`);
}

/** Names and addresses of a person, former ones too: what another account has as well does not say who this one is. */
export async function listKnownNames(tx: Db, userId: number): Promise<KnownName[]> {
  const rows: KnownName[] = await tx.execute<KnownName>(sql`
    with known(text) as (
      select unnest(array[name, email, pending_email]) from "user" where id = ${userId}
      union
      select value ->> key
      from audit_event e
      cross join lateral (values (e.before), (e.after)) as side(value)
      cross join lateral unnest(array['name', 'email', 'pendingEmail']) as key
      where e.subject_type = 'user' and e.subject_id = ${userId} and jsonb_typeof(value) = 'object'
      union
      select payload ->> 'address' from outbox where user_id = ${userId}
    )
    select text, not exists (
      select from "user" u where u.id <> ${userId} and (lower(u.name) = lower(text) or u.email = lower(text))
    ) as "theirsAlone"
    from known where length(btrim(text)) > 0`);
  return rows.map((row) => ({ ...row }));
}
