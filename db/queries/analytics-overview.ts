import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { analyticsStatement, demoDay, heldSessions, hoursOf } from "./analytics-scope";
import type { AnalyticsOverview, AnalyticsScope, Figure, Part } from "./analytics-shape";
import { constant } from "./fragments";

type Sums = {
  members: number;
  thereBefore: number;
  medianNow: number | null;
  medianBefore: number | null;
  dataNow: number;
  dataBefore: number;
  codedNow: number;
  codedBefore: number;
};
type Things = {
  now: number;
  before: number;
  ever: number;
  who: number;
  whoBefore: number;
  whoEver: number;
};
type Row = {
  activeBefore: number | null;
  sums: Sums;
  certificates: Things;
  demos: Things;
  presented: { now: number; before: number };
};

/**
 * The overview in one statement. Of the period before counts, beside how many were active on its last day, who counts
 * today and was there by its end. Carried by idx_daily_summary_user_date (index-only), idx_certificate_student,
 * idx_demo_student, idx_demo_signup_session_status.
 */
export async function getAnalyticsOverview(
  db: Db,
  scope: AnalyticsScope,
  now: Date,
): Promise<AnalyticsOverview | null> {
  const row = await analyticsStatement<Row>(db, scope, now, (at, period) => {
    const length = period === "batch" ? null : constant(period);
    // Without a period before, nothing is in it.
    const isBefore = (day: SQL) =>
      length ? sql`h.was_there and ${day} >= h.from_day - ${length} and ${day} < h.from_day` : sql`false`;
    return {
      compares: true,
      parts: sql`${hoursOf(scope, period)},
        held as materialized (${heldSessions(sql`coalesce(f.before_from, f.span_from)`, sql`f.span_to`, at)}),
        thing as materialized (
          select h.was_there, c.*, d.*
          from hours h
          cross join f
          cross join lateral (
            select count(*) as c_ever, count(*) filter (where c.date_issued between h.from_day and h.last_day) as c_now,
              count(*) filter (where ${isBefore(sql`c.date_issued`)}) as c_before
            from certificate c where c.student_id = h.student_id and c.revoked_at is null
          ) c
          cross join lateral (
            select count(*) as d_ever, count(*) filter (where ${demoDay} between h.from_day and h.last_day) as d_now,
              count(*) filter (where ${isBefore(demoDay)}) as d_before,
              count(*) filter (where ${demoDay} <= h.last_day) as d_until,
              count(*) filter (where ${demoDay} < h.from_day) as d_until_before
            from demo d where d.student_id = h.student_id
          ) d
        ), turn as materialized (
          select g.student_id, bool_or(s.session_date >= f.span_from) as is_now, bool_or(s.session_date < f.span_from) as is_before
          from f
          cross join held s
          join demo_signup g on g.session_id = s.id and g.status = 'presented'
          group by g.student_id
        )`,
      fields: sql`
        'activeBefore', ${
          length
            ? sql`(
          select count(distinct en.student_id) from enrolment en
          where (en.status = 'active' or f.is_over and en.status = 'graduated')
            and (f.batch_id is null or en.batch_id = f.batch_id)
            and en.from_date <= f.before_to and (en.to_date is null or en.to_date > f.before_to))`
            : sql`null::int`
        },
        'sums', (
          select json_build_object('members', count(*), 'thereBefore', count(*) filter (where was_there),
            'medianNow', percentile_cont(0.5) within group (order by now_ms),
            'medianBefore', percentile_cont(0.5) within group (order by before_ms) filter (where was_there),
            'dataNow', count(now_ms), 'dataBefore', count(before_ms) filter (where was_there),
            'codedNow', count(*) filter (where now_ms > 0), 'codedBefore', count(*) filter (where was_there and before_ms > 0))
          from hours),
        'certificates', (
          select json_build_object('now', coalesce(sum(c_now), 0), 'before', coalesce(sum(c_before), 0),
            'ever', coalesce(sum(c_ever), 0), 'who', 0, 'whoBefore', 0, 'whoEver', count(*) filter (where c_ever > 0))
          from thing),
        'demos', (
          select json_build_object('now', coalesce(sum(d_now), 0), 'before', coalesce(sum(d_before), 0),
            'ever', coalesce(sum(d_ever), 0), 'who', count(*) filter (where d_until > 0),
            'whoBefore', count(*) filter (where was_there and d_until_before > 0), 'whoEver', count(*) filter (where d_ever > 0))
          from thing),
        'presented', (
          select json_build_object('now', count(*) filter (where t.is_now), 'before', count(*) filter (where t.is_before and h.was_there))
          from turn t join hours h on h.student_id = t.student_id)`,
    };
  });
  if (!row) return null;
  const { frame, activeBefore, sums, certificates, demos, presented } = row;
  // Where nobody who counts today was there, there is nothing to compare with.
  const was = frame.before !== null && sums.thereBefore > 0;
  const figure = (value: number | null, before: number | null): Figure => ({ now: value, before: was ? before : null });
  const part = (value: number, of: number): Part => ({ part: value, of });
  return {
    frame,
    students: { now: sums.members, before: frame.before && activeBefore },
    medianMs: {
      ...figure(sums.medianNow, sums.medianBefore),
      withData: {
        now: part(sums.dataNow, sums.members),
        before: was ? part(sums.dataBefore, sums.thereBefore) : null,
      },
    },
    coded: {
      now: part(sums.codedNow, sums.dataNow),
      before: was && sums.dataBefore > 0 ? part(sums.codedBefore, sums.dataBefore) : null,
    },
    certificates: figure(certificates.now, certificates.before),
    demos: figure(demos.now, demos.before),
    presented: {
      now: part(presented.now, sums.members),
      before: was ? part(presented.before, sums.thereBefore) : null,
    },
    withDemo: {
      now: part(demos.who, sums.members),
      before: was ? part(demos.whoBefore, sums.thereBefore) : null,
    },
    ever: {
      students: sums.members,
      certificates: certificates.ever,
      demos: demos.ever,
      studentsWithCertificate: certificates.whoEver,
      studentsWithDemo: demos.whoEver,
    },
  };
}
