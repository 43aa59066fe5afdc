import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SessionState, SignupStatus } from "@/db/enums";
import { placesTaken, sessionDay, sessionStart, sessionState } from "./demo-session-state";
import { constant } from "./fragments";

/** So many of those who present are named; the session's own page has them all. */
const NAMED = 12;

export type DemoSessionFacts = {
  id: number;
  title: string;
  sessionDate: string;
  sessionTime: string;
  timeZone: string;
  startsAt: string;
  today: string;
  state: SessionState;
  cancelReason: string | null;
  batchId: number | null;
  batchName: string | null;
  meetingUrl: string | null;
  description: string | null;
  notes: string | null;
  maxScheduled: number | null;
  /** Everybody with a place, whatever became of it. */
  taken: number;
  waiting: number;
  /** The first of them in running order. */
  presenting: { studentId: number; name: string; demo: string | null; status: SignupStatus }[];
};

/** A demo session for the panel beside the list; null when there is none. */
export async function getDemoSessionFacts(db: Db, sessionId: number, now: Date): Promise<DemoSessionFacts | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [answer] = await db.execute<{ facts: DemoSessionFacts }>(sql`
    select json_build_object(
      'id', s.id, 'title', s.title, 'sessionDate', s.session_date, 'sessionTime', s.session_time,
      'timeZone', s.time_zone, 'startsAt', ${sessionStart}, 'today', ${sessionDay(at)}, 'state', ${sessionState(at)},
      'cancelReason', s.cancel_reason, 'batchId', s.batch_id, 'batchName', b.name, 'meetingUrl', s.meeting_url,
      'description', s.description, 'notes', s.notes, 'maxScheduled', s.max_scheduled, 'taken', ${placesTaken},
      'waiting', (select count(*) from demo_signup g where g.session_id = s.id and g.status = 'waitlisted'),
      'presenting', (
        select coalesce(json_agg(json_build_object('studentId', p.student_id, 'name', u.name, 'demo', d.title,
          'status', p.status) order by p.running_order nulls last, p.queued_at, p.id), '[]')
        from (
          select g.* from demo_signup g
          where g.session_id = s.id and g.status in ('scheduled', 'presented', 'no_show')
          order by g.running_order nulls last, g.queued_at, g.id
          limit ${constant(NAMED)}
        ) p
        join student st on st.id = p.student_id
        join "user" u on u.id = st.user_id
        left join demo d on d.id = p.demo_id)) as facts
    from demo_session s
    left join batch b on b.id = s.batch_id
    where s.id = ${sessionId}`);
  return answer?.facts ?? null;
}
