import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, SessionState } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { placesTaken, sessionDay, sessionStart } from "./demo-session-state";
import { academyZone, constant, localDay, shownEnrolment, weekOf } from "./fragments";

export type StudentOverview = {
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  weekMs: number | null;
  weekDays: number;
  timeZone: string;
  connectionStatus: ConnectionStatus | null;
  lastSyncedAt: string | null;
  brokenAt: string | null;
  nextSession: NextSession | null;
};

/** The next demo session one has a place in, else the next that is open to one; upcoming all through its own day. */
export type NextSession = {
  id: number;
  title: string;
  sessionDate: DateString;
  sessionTime: string;
  timeZone: string;
  startsAt: string;
  /** The day it is now where the session is held. */
  today: DateString;
  meetingUrl: string | null;
  maxScheduled: number | null;
  taken: number;
  waiting: number;
  state: SessionState;
  hasBegun: boolean;
  signup: { status: "scheduled" | "waitlisted" | "presented" | "no_show"; demoTitle: string | null } | null;
};

/** For the student `st`, shown in the batch of `e`; idx_demo_session_date finds what is to come. */
const nextSession = (at: SQL): SQL => sql`(
  select json_build_object('id', s.id, 'title', s.title, 'sessionDate', s.session_date,
    'sessionTime', to_char(s.session_time, 'HH24:MI'), 'timeZone', s.time_zone, 'startsAt', ${sessionStart},
    'today', ${sessionDay(at)}, 'meetingUrl', s.meeting_url, 'maxScheduled', s.max_scheduled, 'taken', s.taken,
    'waiting', (select count(*) from demo_signup w where w.session_id = s.id and w.status = 'waitlisted'),
    'state', case when not s.is_active then 'closed' when s.taken >= s.max_scheduled then 'full' else 'open' end,
    'hasBegun', ${sessionStart} <= ${at},
    'signup', case when s.status is not null then json_build_object('status', s.status,
      'demoTitle', (select d.title from demo d where d.id = s.demo_id)) end)
  from (
    select s.*, g.status, g.demo_id, ${placesTaken} as taken
    from demo_session s
    left join demo_signup g on g.session_id = s.id and g.student_id = st.id and g.status <> 'cancelled'
    where s.session_date >= (${at} at time zone 'UTC')::date - ${constant(1)} and s.session_date >= ${sessionDay(at)}
      and not s.is_cancelled
      and (g.id is not null or s.is_active and (s.batch_id is null or s.batch_id = e.batch_id))
    order by g.id is null, s.session_date, s.id
    limit 1
  ) s)`;

/** The start page of a student: their batch, their last seven days and how fresh those are, the next demo session, in one statement. */
export async function getStudentOverview(db: Db, userId: number, now: Date): Promise<StudentOverview> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  const [row] = await db.execute<StudentOverview>(sql`
    select e.batch_name as "batchName", e.status as "enrolmentStatus", week.total_ms as "weekMs",
      week.days as "weekDays", ${zone} as "timeZone", c.status as "connectionStatus",
      to_json(c.last_synced_at) #>> '{}' as "lastSyncedAt", to_json(c.broken_at) #>> '{}' as "brokenAt",
      ${nextSession(at)} as "nextSession"
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(at)} on true
    left join connection c on c.user_id = u.id
    cross join ${weekOf(localDay(at, zone))}
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in student has no user row");
  return row;
}
