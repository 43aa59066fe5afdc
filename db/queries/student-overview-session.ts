import { type SQL, sql } from "drizzle-orm";
import { placesTaken, sessionDay, sessionStart } from "./demo-session-state";
import { constant } from "./fragments";

/** NextSession, as JSON, of a student who is shown in a batch; idx_demo_session_date finds what is to come. */
export const nextSessionJson = (at: SQL, studentId: SQL, batchId: SQL): SQL => sql`(
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
    left join demo_signup g on g.session_id = s.id and g.student_id = ${studentId} and g.status <> 'cancelled'
    where s.session_date >= (${at} at time zone 'UTC')::date - ${constant(1)} and s.session_date >= ${sessionDay(at)}
      and not s.is_cancelled
      and (g.id is not null or s.is_active and (s.batch_id is null or s.batch_id = ${batchId}))
    -- Nobody can join what has begun, and what one presented is behind one: both wait until nothing is to come.
    order by case
        when g.status in ('scheduled', 'waitlisted') and ${sessionStart} > ${at} then 1
        when g.status = 'scheduled' then 2
        when ${sessionStart} > ${at} then 3
        else 4
      end, ${sessionStart}, s.id
    limit 1
  ) s)`;
