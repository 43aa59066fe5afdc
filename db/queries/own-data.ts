import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingNameKind } from "@/db/enums";

type Value = string | number | boolean | null | string[];
type Row = Record<string, Value>;

/**
 * All that is stored of a person, as they may take it with them. Keys are what stands in the files: instants are ISO in
 * UTC, days are `YYYY-MM-DD`, times are milliseconds.
 */
export type OwnData = {
  account: Row;
  enrolments: Row[];
  /** Registration keys that were used. */
  key_uses: Row[];
  assignments: Row[];
  demos: Row[];
  demo_signups: Row[];
  certificates: Row[];
  goals: Row[];
  /** How one stood in early warning, night by night, with what it came of. */
  standing: Row[];
  wakatime: Row | null;
  days: Row[];
  /** What was coded on, by day: as rows of date, kind, name, milliseconds, so that years of them stay small. */
  day_details: [date: string, kind: CodingNameKind, name: string, ms: number][];
  days_without_data: Row[];
  sign_ins: Row[];
  calendar_link: Row | null;
  api_tokens: Row[];
  notification_choices: Row[];
  messages: Row[];
  activity: Row[];
};

const list = (row: SQL, from: SQL, order: SQL): SQL =>
  sql`(select coalesce(json_agg(${row} order by ${order}), '[]') from ${from})`;

/** A fact of early warning in one line: its number beside its threshold, what it is of, and what it counts. */
const factInWords = sql`concat_ws(', ',
  (f ->> 'kind') || ': ' || case when f ->> 'value' is null then 'not known (' || (f ->> 'unknown') || ')'
    else (f ->> 'value') || ' against ' || (f ->> 'threshold') end,
  f ->> 'of', (f ->> 'points') || case when f ->> 'points' = '1' then ' point' else ' points' end)`;

/** Events of one's own rows of this kind, whoever made the change. */
const eventsOf = (kind: "assignment" | "certificate" | "demo_signup"): SQL => sql`
  select * from audit_event where subject_type = ${kind} and subject_id in (
    select id from ${sql.identifier(kind)} where student_id = me.sid)`;

/**
 * Everything of one person for their own export, in one statement. Left out is what would let somebody in (hashes, tokens,
 * the secrets of links), what others wrote for themselves (staff’s notes, and their answers to warnings), and how each
 * sync went. By the indexes of the person and the student.
 */
export async function getOwnData(db: Db, userId: number): Promise<{ academy: string; data: OwnData }> {
  const [row] = await db.execute<{ academy: string; data: OwnData }>(sql`
    with me as materialized (
      select u.*, st.id as sid, st.coding_source from "user" u left join student st on st.user_id = u.id where u.id = ${userId}
    )
    select json_build_object(
      'account', json_build_object('user_id', me.id, 'student_id', me.sid, 'name', me.name, 'email', me.email,
        'email_confirmed_at', me.email_verified_at, 'new_email', me.pending_email, 'phone', me.phone, 'role', me.role,
        'time_zone', me.time_zone, 'has_password', me.password_hash is not null, 'coding_source', me.coding_source,
        'list_choices', nullif(me.list_choices, '{}')::text, 'joined_at', me.created_at, 'last_sign_in_at', me.last_sign_in_at,
        'hides_project_names', me.hide_project_names, 'deletion_due_at', me.deletion_due_at),
      'enrolments', ${list(
        sql`json_build_object('batch', b.name, 'status', e.status, 'from', e.from_date, 'until', e.to_date,
          'batch_starts', b.start_date, 'batch_ends', b.end_date, 'batch_time_zone', b.time_zone)`,
        sql`enrolment e join batch b on b.id = e.batch_id where e.student_id = me.sid`,
        sql`e.from_date`,
      )},
      'key_uses', ${list(
        sql`json_build_object('batch', b.name, 'used_at', k.created_at)`,
        sql`key_use k join batch b on b.id = k.batch_id where k.user_id = me.id`,
        sql`k.id`,
      )},
      'assignments', ${list(
        sql`json_build_object('project', p.name, 'status', a.status, 'project_starts', p.start_date,
          'project_ends', p.end_date, 'resume_url', a.resume_url, 'linkedin_url', a.linkedin_url,
          'offer_date', a.offer_date, 'assigned_at', a.created_at)`,
        sql`assignment a join project p on p.id = a.project_id where a.student_id = me.sid`,
        sql`a.id`,
      )},
      'demos', ${list(
        sql`json_build_object('id', d.id, 'title', d.title, 'description', d.description, 'date', d.demo_date,
          'demo_url', d.demo_url, 'code_url', d.github_url, 'thumbnail_url', d.thumbnail_url,
          'technologies', d.technologies, 'created_at', d.created_at)`,
        sql`demo d where d.student_id = me.sid`,
        sql`d.id`,
      )},
      'demo_signups', ${list(
        sql`json_build_object('session', s.title, 'date', s.session_date, 'time', to_char(s.session_time, 'HH24:MI'),
          'time_zone', s.time_zone, 'session_cancelled', s.is_cancelled, 'status', g.status,
          'demo', (select d.title from demo d where d.id = g.demo_id), 'own_notes', g.signup_notes,
          'feedback', g.presentation_notes, 'rating', g.rating, 'running_order', g.running_order,
          'signed_up_at', g.created_at)`,
        sql`demo_signup g join demo_session s on s.id = g.session_id where g.student_id = me.sid`,
        sql`s.session_date, g.id`,
      )},
      'certificates', ${list(
        sql`json_build_object('name', c.name, 'issuer', c.issuer, 'issued', c.date_issued, 'expires', c.date_expired,
          'credential_id', c.credential_id, 'credential_url', c.credential_url, 'description', c.description,
          'verify_code', c.verify_code, 'revoked_at', c.revoked_at, 'recorded_at', c.created_at)`,
        sql`certificate c where c.student_id = me.sid`,
        sql`c.date_issued, c.id`,
      )},
      'goals', ${list(
        sql`json_build_object('every', g.period, 'of', coalesce(g.kind::text, 'all coding'), 'name', g.name,
          'target_ms', g.target_ms, 'created_at', g.created_at)`,
        sql`goal g where g.student_id = me.sid`,
        sql`g.slot`,
      )},
      'standing', ${list(
        sql`json_build_object('from', r.from_date, 'until', r.to_date, 'batch', b.name, 'band', r.state,
          'points', r.points, 'facts', (select coalesce(json_agg(${factInWords}), '[]') from jsonb_array_elements(r.signals) f),
          'checked_at', r.checked_at)`,
        sql`risk_band r join batch b on b.id = r.batch_id where r.student_id = me.sid`,
        sql`r.from_date`,
      )},
      'wakatime', (
        select json_build_object('account_id', c.wakatime_uid, 'status', c.status, 'plan', c.plan, 'time_zone', c.time_zone,
          'permissions', c.scopes, 'connected_at', c.created_at, 'last_synced_at', c.last_synced_at)
        from connection c where c.user_id = me.id),
      'days', ${list(
        sql`json_build_object('date', d.date, 'time_zone', d.time_zone, 'total_ms', d.total_ms, 'source', d.source,
          'changed_at', d.synced_at)`,
        sql`daily_summary d where d.user_id = me.id`,
        sql`d.date`,
      )},
      'day_details', ${list(
        sql`json_build_array(d.date, n.kind, n.name, i.ms)`,
        sql`daily_summary d join daily_summary_item i on i.summary_id = d.id join coding_name n on n.id = i.name_id
          where d.user_id = me.id`,
        sql`d.date, n.kind, i.ms desc, n.name`,
      )},
      'days_without_data', ${list(
        sql`json_build_object('from', g.from_date, 'until', g.to_date, 'reason', g.reason)`,
        sql`sync_gap g where g.user_id = me.id`,
        sql`g.from_date`,
      )},
      'sign_ins', ${list(
        sql`json_build_object('device', s.device, 'address', host(s.ip), 'signed_in_at', s.created_at,
          'last_seen_at', s.last_seen_at, 'expires_at', s.expires_at, 'ended_at', s.revoked_at)`,
        sql`session s where s.user_id = me.id`,
        sql`s.id`,
      )},
      'calendar_link', (
        select json_build_object('made_at', t.created_at, 'last_read_at', t.last_used_at)
        from calendar_token t where t.user_id = me.id),
      'api_tokens', ${list(
        sql`json_build_object('name', t.name, 'scopes', t.scopes, 'created_at', t.created_at,
          'last_used_at', t.last_used_at, 'expires_at', t.expires_at, 'revoked_at', t.revoked_at)`,
        sql`api_token t where t.user_id = me.id`,
        sql`t.id`,
      )},
      'notification_choices', ${list(
        sql`json_build_object('kind', p.kind, 'mail', p.mail, 'slack', p.slack)`,
        sql`notification_preference p where p.user_id = me.id`,
        sql`p.kind`,
      )},
      'messages', ${list(
        sql`json_build_object('kind', o.kind, 'by', case when o.channel is null then 'mail' else 'slack' end,
          'written_at', o.created_at, 'sent_at', o.sent_at)`,
        sql`outbox o where o.user_id = me.id`,
        sql`o.id`,
      )},
      'activity', ${list(
        sql`json_build_object('at', e.at, 'action', e.action, 'about', e.subject_type, 'label', e.label,
          'by', case when e.actor_user_id = me.id then 'you' when e.actor_user_id is null then 'the system'
            -- A place is also given on by the student who gave it up.
            when (select role from "user" where id = e.actor_user_id) in ('admin', 'instructor') then 'staff'
            else 'somebody else' end,
          'address', case when e.actor_user_id = me.id then host(e.ip) end)`,
        sql`(
          select * from audit_event where actor_user_id = me.id
          union
          select * from audit_event where subject_type = 'user' and subject_id = me.id
          union
          select * from audit_event where subject_type = 'student' and subject_id = me.sid
          union ${eventsOf("assignment")}
          union ${eventsOf("certificate")}
          union ${eventsOf("demo_signup")}) e`,
        sql`e.at, e.id`,
      )}
    ) as data, coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'Cohort') as academy
    from me`);
  if (!row) throw new Error("a signed-in person has no user row");
  return { academy: row.academy, data: row.data };
}
