import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EnrolmentStatus, SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { academyZone, constant, shownEnrolment } from "./fragments";
import type { Looker } from "./user-list";

export const TIMELINE_ROWS = 20;

export const timelineKinds = ["coding", "demos", "sign-ups", "certificates", "notes", "enrolments", "changes"] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** One thing that happened; `key` is unique within the timeline, and where to go on from. */
export type TimelineEntry = { key: string; at: string; day: DateString } & (
  | { kind: "coding"; what: { totalMs: number; days: number; daysWithCoding: number; until: DateString } }
  | { kind: "demos"; what: { title: string; url: string | null } }
  | {
      kind: "sign-ups";
      what: { title: string; status: SignupStatus; rating: number | null; cancelled: boolean; demo: string | null };
    }
  | { kind: "certificates"; what: { name: string; issuer: string; revoked: boolean } }
  | {
      kind: "notes";
      what: {
        id: number;
        version: number;
        body: string;
        isShared: boolean;
        authorId: number;
        author: string;
        followUpOn: DateString | null;
        done: boolean;
        edited: boolean;
      };
    }
  | {
      kind: "enrolments";
      what: { batch: string; status: EnrolmentStatus; began: boolean; again: boolean; moved: boolean };
    }
  | { kind: "changes"; what: { action: string; label: string; by: string | null; job: string | null } }
);

export type Timeline = { entries: TimelineEntry[]; next: string | null };

type Options = { kind: TimelineKind | null; before: string | null };

/** `<microseconds>.<rank of the kind>.<id>`, as the keys are; anything else reads as "from the beginning". */
const CURSOR = /^(-?\d{1,17})\.([1-9])\.(\d{1,15})$/;

/** Each kind's entries of the student `p`: its id, its instant, the day to show and what it is. */
const sources = (looker: Looker): Record<TimelineKind, SQL> => ({
  // A week from Monday to Sunday stands where it ends.
  coding: sql`
    select (w.monday - date '2000-01-03')::bigint as id, (w.monday + 7)::timestamp at time zone p.zone as at,
      w.monday as day, json_build_object('totalMs', w.total_ms, 'days', w.days, 'daysWithCoding', w.coded,
        'until', w.monday + 6) as what
    from p cross join lateral (
      select date_trunc('week', d.date::timestamp)::date as monday, sum(d.total_ms)::float8 as total_ms, count(*) as days,
        count(*) filter (where d.total_ms > 0) as coded
      from daily_summary d where d.user_id = p.user_id group by 1) w`,
  demos: sql`
    select d.id::bigint, coalesce(d.demo_date::timestamp at time zone p.zone, d.created_at) as at,
      coalesce(d.demo_date, (d.created_at at time zone p.zone)::date) as day,
      json_build_object('title', d.title, 'url', d.demo_url) as what
    from p join demo d on d.student_id = p.student_id`,
  "sign-ups": sql`
    select s.id::bigint, (ds.session_date + ds.session_time) at time zone ds.time_zone as at, ds.session_date as day,
      json_build_object('title', ds.title, 'status', s.status, 'rating', s.rating, 'cancelled', ds.is_cancelled,
        'demo', (select d.title from demo d where d.id = s.demo_id)) as what
    from p join demo_signup s on s.student_id = p.student_id join demo_session ds on ds.id = s.session_id`,
  certificates: sql`
    select ct.id::bigint, ct.date_issued::timestamp at time zone p.zone as at, ct.date_issued as day,
      json_build_object('name', ct.name, 'issuer', ct.issuer, 'revoked', ct.revoked_at is not null) as what
    from p join certificate ct on ct.student_id = p.student_id`,
  // A private note is its author's alone, whoever else looks.
  notes: sql`
    select n.id::bigint, n.created_at as at, (n.created_at at time zone p.zone)::date as day,
      json_build_object('id', n.id, 'version', n.version, 'body', n.body, 'isShared', n.is_shared,
        'authorId', n.author_id, 'author', (select u.name from "user" u where u.id = n.author_id),
        'followUpOn', n.follow_up_on, 'done', n.done_at is not null, 'edited', n.version > 1) as what
    from p join note n on n.student_id = p.student_id and (n.is_shared or n.author_id = ${looker.id})`,
  // Each enrolment begins, and may end: two entries with ids of their own. A row that follows another one in the same
  // batch is a change of status; the end of one that is followed at once says nothing more.
  enrolments: sql`
    select en.id * 2::bigint + side.nr as id, side.day::timestamp at time zone p.zone as at, side.day,
      json_build_object('batch', b.name, 'status', en.status, 'began', side.nr = 0,
        'again', en.before_batch is not distinct from en.batch_id,
        'moved', en.before_batch is not null and en.before_batch <> en.batch_id and en.before_to = en.from_date) as what
    from p cross join lateral (
      select e.*, lag(e.batch_id) over w as before_batch, lag(e.to_date) over w as before_to,
        lead(e.from_date) over w as after_from
      from enrolment e where e.student_id = p.student_id window w as (order by e.from_date)) en
    join batch b on b.id = en.batch_id
    cross join lateral (values (0, en.from_date), (1, en.to_date)) as side(nr, day)
    where side.day is not null and (side.nr = 0 or en.after_from is distinct from en.to_date)`,
  // Of the account and of the student; for those who may read the log.
  changes: sql`
    select e.id, e.at, (e.at at time zone p.zone)::date as day,
      json_build_object('action', e.action, 'label', e.label, 'job', e.actor_job,
        'by', (select u.name from "user" u where u.id = e.actor_user_id)) as what
    from p cross join lateral (
      select id, at, action, label, actor_user_id, actor_job
      from audit_event where subject_type = 'user' and subject_id = p.user_id
      union all
      select id, at, action, label, actor_user_id, actor_job
      from audit_event where subject_type = 'student' and subject_id = p.student_id) e`,
});

/**
 * What happened to a student, the newest first: one statement over all kinds, read on by keyset. The log's part is left
 * out for those who may not read it (`log`). Each source is probed by the student's own index: idx_daily_summary_user_date,
 * idx_demo_student, idx_demo_signup_student, idx_certificate_student, idx_note_student, idx_enrolment_student,
 * idx_audit_event_subject.
 */
export async function listStudentTimeline(
  db: Db,
  studentId: number,
  { kind, before }: Options,
  looker: Looker & { log: boolean },
  now: Date,
): Promise<Timeline> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const kinds = timelineKinds.filter((each) => (kind === null || each === kind) && (each !== "changes" || looker.log));
  if (kinds.length === 0) return { entries: [], next: null };
  const of = sources(looker);
  const parts = kinds.map(
    (each) => sql`
      select ${constant(timelineKinds.indexOf(each) + 1)} as rank, ${sql.raw(`'${each}'`)} as kind, own.*
      from (${of[each]}) own`,
  );
  const found = before ? CURSOR.exec(before) : null;
  const after = found
    ? sql`where (t.micros, t.rank, t.id) < (${found[1]}::bigint, ${found[2]}::int, ${found[3]}::bigint)`
    : sql``;
  const rows: { entry: TimelineEntry }[] = await db.execute<{ entry: TimelineEntry }>(sql`
    with p as materialized (
      select st.id as student_id, u.id as user_id, coalesce(u.time_zone, e.batch_time_zone, ${academyZone}) as zone
      from student st
      join "user" u on u.id = st.user_id
      left join ${shownEnrolment(at)} on true
      where st.id = ${studentId}
    )
    select json_build_object('key', t.micros || '.' || t.rank || '.' || t.id, 'kind', t.kind, 'at', t.at, 'day', t.day,
      'what', t.what) as entry
    from (
      select part.*, (extract(epoch from part.at) * 1000000)::bigint as micros
      from (${sql.join(parts, sql` union all `)}) part
    ) t
    ${after}
    order by t.micros desc, t.rank desc, t.id desc
    limit ${constant(TIMELINE_ROWS + 1)}`);
  const entries = rows.slice(0, TIMELINE_ROWS).map(({ entry }) => entry);
  return { entries, next: rows.length > TIMELINE_ROWS ? (entries.at(-1)?.key ?? null) : null };
}
