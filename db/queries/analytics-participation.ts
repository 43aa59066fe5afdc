import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { analyticsStatement, heldSessions } from "./analytics-scope";
import type { AnalyticsParticipation, AnalyticsScope, SessionParticipation } from "./analytics-shape";

type Row = {
  sessions: SessionParticipation[];
  times: AnalyticsParticipation["times"];
  rating: AnalyticsParticipation["rating"];
};

/** The turns of sessions `held`, and whether whoever took one was in class on its day, which is whom a session counts. */
export const turnsHeld: SQL = sql`
  select g.session_id, g.student_id, g.status, g.rating, exists (
    select from enrolment en
    where en.student_id = g.student_id and en.status in ('active', 'graduated')
      and (f.batch_id is null or en.batch_id = f.batch_id)
      and en.from_date <= s.session_date and (en.to_date is null or en.to_date > s.session_date)) as in_class
  from f
  cross join held s
  join demo_signup g on g.session_id = s.id and g.status <> 'cancelled'`;

/**
 * Demo sessions of the period in one statement. Of a session count the people who were in class on its day, so that a
 * past session says the same for ever; how often somebody presented is asked of those who count today. Carried by
 * idx_demo_session_date_open, idx_demo_signup_session_status and idx_enrolment_student.
 */
export async function getAnalyticsParticipation(
  db: Db,
  scope: AnalyticsScope,
  now: Date,
): Promise<AnalyticsParticipation | null> {
  const row = await analyticsStatement<Row>(db, scope, now, (at) => ({
    parts: sql`held as materialized (${heldSessions(sql`f.span_from`, sql`f.span_to`, at)}),
      turn as materialized (${turnsHeld})`,
    fields: sql`
      'sessions', (
        select coalesce(json_agg(json_build_object('id', s.id, 'title', s.title, 'date', s.session_date, 'places', s.max_scheduled,
          'taken', t.presented + t.no_show + t.unmarked, 'presented', t.presented, 'noShow', t.no_show, 'unmarked', t.unmarked,
          'waitlisted', t.waitlisted, 'ratings', t.ratings, 'ratingMean', t.mean) order by s.session_date desc, s.id desc), '[]')
        from held s
        cross join lateral (
          select count(*) filter (where t.status = 'presented') as presented, count(*) filter (where t.status = 'no_show') as no_show,
            count(*) filter (where t.status = 'scheduled') as unmarked, count(*) filter (where t.status = 'waitlisted') as waitlisted,
            count(t.rating) as ratings, avg(t.rating)::float8 as mean
          from turn t where t.session_id = s.id and t.in_class
        ) t),
      'rating', (select json_build_object('mean', avg(t.rating)::float8, 'n', count(t.rating)) from turn t where t.in_class),
      'times', (
        select json_build_object('never', count(*) filter (where p.times is null), 'once', count(*) filter (where p.times = 1),
          'twice', count(*) filter (where p.times = 2), 'more', count(*) filter (where p.times > 2))
        from member m
        left join (
          select t.student_id, count(*) as times from turn t where t.status = 'presented' group by t.student_id
        ) p on p.student_id = m.student_id)`,
  }));
  if (!row) return null;
  const sum = (key: "taken" | "presented" | "noShow" | "unmarked" | "waitlisted") =>
    row.sessions.reduce((all, session) => all + session[key], 0);
  return {
    ...row,
    total: {
      sessions: row.sessions.length,
      taken: sum("taken"),
      presented: sum("presented"),
      noShow: sum("noShow"),
      unmarked: sum("unmarked"),
      waitlisted: sum("waitlisted"),
    },
  };
}
