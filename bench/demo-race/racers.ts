import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { hashToken, newSessionId, SESSION_COOKIE, signSessionId } from "@/lib/auth/session-token";

/** A student who is signed in: what a request of theirs carries. */
export type Racer = { userId: number; studentId: number; cookie: string };

/** `count` students of a batch that runs now, each with a session of their own. */
export async function addRacers(sql: postgres.Sql, count: number, authSecret: string): Promise<Racer[]> {
  const mark = `race-${randomUUID().slice(0, 8)}`;
  const sids = Array.from({ length: count }, newSessionId);
  const people = sids.map((sid, index) => ({ number: index + 1, token: hashToken(sid).toString("hex") }));
  const rows = await sql<{ userId: number; studentId: number; number: number }[]>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as g(number int, token text)
    ), b as (
      insert into batch (name, start_date, end_date, time_zone, registration_key)
      values (${mark}, current_date - 60, current_date + 300, 'UTC', ${mark}) returning id
    ), person as (
      insert into "user" (name, email, role)
      select 'Zz Racer ' || lpad(number::text, 3, '0'), ${mark} || '-' || number || '@cohort.test', 'student' from given
      returning id, email
    ), st as (
      insert into student (user_id) select id from person returning id, user_id
    ), enrolled as (
      insert into enrolment (student_id, batch_id, status, from_date) select st.id, b.id, 'active', current_date - 40 from st, b
    ), known as (
      select person.id as user_id, given.number, given.token
      from person join given on person.email = ${mark} || '-' || given.number || '@cohort.test'
    ), signed_in as (
      insert into session (token_hash, user_id, device, expires_at)
      select decode(token, 'hex'), user_id, 'race', now() + interval '1 day' from known
    )
    select st.user_id as "userId", st.id as "studentId", known.number
    from st join known using (user_id) order by known.number`;
  return Promise.all(
    rows.map(async ({ userId, studentId, number }) => {
      const token = await signSessionId(sids[number - 1] as string, authSecret);
      return { userId, studentId, cookie: `${SESSION_COOKIE}=${token}` };
    }),
  );
}

/** Takes them out of class again, so that nobody counts them among the students. */
export async function dismissRacers(sql: postgres.Sql, racers: Racer[]): Promise<void> {
  const ids = racers.map(({ studentId }) => studentId);
  await sql`
    with gone as (delete from enrolment where student_id in ${sql(ids)} returning batch_id)
    update batch set archived_at = now() where id in (select batch_id from gone)`;
}
