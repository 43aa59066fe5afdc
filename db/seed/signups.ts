import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DateString } from "@/lib/dates";
import type { AcademyPlan } from "./plan";
import { insertRows, spread, words } from "./rows";

const SESSION = `id int, session_date date, session_time time, time_zone text, title text, description text, notes text,
  meeting_url text, batch_id int, is_active boolean, is_cancelled boolean, max_scheduled int`;
const WISHES = [
  "Please let me go early.",
  "I will need the projector.",
  "First time presenting!",
  "Joining from home.",
  "Happy to go last.",
];
const FEEDBACK = [
  "Clear story, good pace.",
  "Show the app sooner, explain later.",
  "Great handling of questions.",
  "Strong tests, say what they protect.",
  "Slides were too small at the back.",
  "Well rehearsed.",
];

export async function loadSessions(tx: Db, { sessions }: AcademyPlan): Promise<void> {
  const rows = sessions.map((session) => ({
    id: session.id,
    session_date: session.date,
    session_time: session.time,
    time_zone: session.timeZone,
    title: session.title,
    description: "Five minutes each and three for questions. Families and employers are welcome.",
    notes: session.cancelled ? "The building is closed for repairs that day." : null,
    meeting_url:
      session.id % 2 === 0
        ? `https://meet.google.com/hca-demo-${session.id}`
        : `https://zoom.us/j/${9_000_000_000 + session.id}`,
    batch_id: session.batchId,
    is_active: session.active,
    is_cancelled: session.cancelled,
    max_scheduled: session.places,
  }));
  await insertRows(tx, "demo_session", SESSION, rows);
}

/**
 * Who signed up for what: the first of all who were enrolled that day, in an order that only looks random. The student
 * of the demo sign-in stands where the plan says, the others move down.
 */
export async function loadSignups(tx: Db, plan: AcademyPlan, today: DateString, now: Date): Promise<void> {
  const numbers = plan.sessions.map(({ id, signups, waiting, signInPlace, places }) => ({
    session_id: id,
    signups: Math.min(signups, places ?? signups),
    waiting,
    own_place: signInPlace,
  }));
  const record = sql.raw("session_id int, signups int, waiting int, own_place int");
  const past = sql`s.session_date < ${today}::date`;
  await tx.execute(sql`
    insert into demo_signup (session_id, student_id, demo_id, status, signup_notes, presentation_notes, rating, queued_at,
      running_order, created_at, updated_at)
    with expected as (
      select * from json_to_recordset(${JSON.stringify(numbers)}::text::json) as given(${record})
    ), ranked as (
      select s.id as session_id, e.student_id,
        row_number() over (partition by s.id order by md5(s.id || ':' || e.student_id)) as rank
      from demo_session s join enrolment e on e.from_date <= s.session_date
        and (e.to_date is null or e.to_date > s.session_date)
        and (s.batch_id is null or s.batch_id = e.batch_id)
        and e.from_date <= ${today}::date and (${past} and e.status <> 'invited' or e.status = 'active')
      where e.student_id <> ${plan.signInKey}::int
    ), listed as (
      select r.session_id, r.student_id, r.rank + (r.rank >= coalesce(x.own_place, 2147483647))::int as place
      from ranked r join expected x using (session_id) where r.rank <= x.signups + x.waiting
      union all
      select session_id, ${plan.signInKey}::int, own_place from expected where own_place is not null
    )
    select s.id, l.student_id, d.id, f.status,
      case when chance % 4 = 0 then (${words(WISHES)})[(chance / 8 % ${WISHES.length}::int)::int + 1] end,
      case when f.status = 'presented' then (${words(FEEDBACK)})[(chance / 16 % ${FEEDBACK.length}::int)::int + 1] end,
      case when f.status = 'presented' and chance / 32 % 8 > 0 then (array[5, 4, 4, 3, 5, 4, 3, 2, 5, 4])[(chance / 256 % 10)::int + 1] end,
      f.queued_at, case when f.status in ('presented', 'no_show') or s.id = ${nextSession(plan, today)}::int then l.place end,
      f.queued_at, case when ${past} then s.session_date + time '22:00' else f.queued_at end
    from listed l join expected x using (session_id) join demo_session s on s.id = l.session_id
    cross join lateral (select ${spread("'signup:' || s.id || ':' || l.student_id")} as chance) c
    left join lateral (
      select id from demo where student_id = l.student_id order by md5(id || ':' || s.id) limit 1) d on true
    cross join lateral (select
      (case when s.is_cancelled then 'cancelled'
        when not ${past} then case when l.place <= x.signups then 'scheduled' else 'waitlisted' end
        when l.student_id = ${plan.signInKey}::int then 'presented'
        when chance % 100 < 9 then 'no_show' when chance % 100 < 16 then 'cancelled' else 'presented'
      end)::signup_status as status,
      least(${now.toISOString()}::timestamptz, s.session_date - interval '1 day') - make_interval(hours => (40 - l.place::int) * 3) as queued_at) f
    where l.place <= x.signups + x.waiting
    order by s.id, l.place`);
}

const nextSession = ({ sessions }: AcademyPlan, today: DateString): number =>
  sessions.find((session) => session.date >= today)?.id ?? 0;
