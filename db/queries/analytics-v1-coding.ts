import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DateString } from "@/lib/dates";
import { analyticsStatement } from "./analytics-scope";
import { NO_PERIOD, seenIn } from "./analytics-v1-seen";
import { constant } from "./fragments";

const INACTIVE_CODER_DAYS = 14;

export type V1CodingActivity = {
  students: { studentId: number; ms: number }[];
  languages: { name: string; ms: number }[];
  days: { date: DateString; ms: number }[];
  inactive: number[];
};

/**
 * Coding time of who counts since they came to their batch, in one statement: one pass over their days, then, at once
 * for each of them, the languages of those days.
 */
export async function getV1CodingActivity(
  db: Db,
  batchId: number | null,
  now: Date,
  freshHours: number,
): Promise<V1CodingActivity | null> {
  return analyticsStatement<V1CodingActivity>(db, { batchId, period: NO_PERIOD }, now, (at) => ({
    parts: sql`${seenIn([INACTIVE_CODER_DAYS], batchId, at, freshHours)},
      own as materialized (
        select m.student_id, m.user_id, m.last_day, since.day as since, c.ids, c.ms
        from member m
        join batch b on b.id = m.batch_id
        cross join lateral (
          select greatest(b.start_date, min(en.from_date)) as day
          from enrolment en
          where en.student_id = m.student_id and en.batch_id = m.batch_id and en.status <> 'invited'
        ) since
        cross join lateral (
          select array_agg(d.id) filter (where d.total_ms > 0) as ids, sum(d.total_ms)::float8 as ms
          from daily_summary d
          where d.user_id = m.user_id and d.date between since.day and m.last_day
        ) c
      ), language as materialized (
        select i.name_id, sum(i.ms)::float8 as ms
        from own
        cross join lateral (
          select i.name_id, sum(i.ms) as ms
          from daily_summary_item i
          where i.summary_id = any(own.ids)
            and i.name_id = any((select array_agg(n.id) from coding_name n where n.kind = 'language')::int[])
          group by i.name_id
        ) i
        group by i.name_id
      )`,
    fields: sql`
      'students', (
        select coalesce(json_agg(json_build_object('studentId', student_id, 'ms', ms) order by student_id), '[]')
        from own where ms is not null),
      'languages', (
        select coalesce(json_agg(json_build_object('name', n.name, 'ms', l.ms) order by l.ms desc, n.name), '[]')
        from language l join coding_name n on n.id = l.name_id
        where l.ms > 0),
      'days', (
        select coalesce(json_agg(json_build_object('date', date, 'ms', ms) order by date), '[]')
        from (
          select d.date, sum(d.total_ms)::float8 as ms
          from own o
          join daily_summary d on d.user_id = o.user_id and d.date between o.since and o.last_day
          group by d.date
        ) by_day),
      'inactive', (select coalesce(json_agg(student_id order by student_id), '[]') from seen where inactive_${constant(INACTIVE_CODER_DAYS)})`,
  }));
}
