import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ChannelNoticeKind, NoticeKind } from "@/db/queries/outbox";
import { channelsOfSession, slackConnected, startOf } from "./demo-notices";
import { directCopies } from "./direct-copies";

/** Reminders go out from this time on the day before, on the session's own clock. */
const REMIND_AT = "09:00";

const MAIL = "demo-reminder" satisfies NoticeKind;
const SLACK = "slack-demo-reminder" satisfies ChannelNoticeKind;

/**
 * Reminds of the sessions that begin tomorrow, or today still: everybody who has a place, and the channels. One person
 * hears once of one day, however often this runs; a session that is put on another day is another one. Who gets a place
 * later hears at the next call. Returns how many notices are new.
 */
export async function writeReminders(db: Db, now: Date): Promise<{ people: number; channels: number }> {
  const at = sql`${now.toISOString()}::timestamptz`;
  // The range of dates, wide enough for every zone, lets idx_demo_session_date find them.
  const [row] = await db.execute<{ people: number; channels: number }>(sql`
    with s as materialized (
      select s.id, s.title, s.session_date, s.session_time, s.time_zone, s.batch_id, s.is_active,
        'session:' || s.id || ':on:' || s.session_date as occasion
      from demo_session s
      where s.session_date between (${at} at time zone 'UTC')::date - 1 and (${at} at time zone 'UTC')::date + 2
        and not s.is_cancelled and ${startOf} > ${at}
        and (s.session_date - 1 + ${REMIND_AT}::time) at time zone s.time_zone <= ${at}
    ), people as (
      insert into outbox (user_id, kind, occasion, payload)
      select u.id, ${MAIL}, s.occasion || ':signup:' || g.id,
        jsonb_build_object('signupId', g.id, 'session', jsonb_build_object('id', s.id, 'title', s.title,
          'date', s.session_date, 'time', to_char(s.session_time, 'HH24:MI'), 'timeZone', s.time_zone))
      from s
      join demo_signup g on g.session_id = s.id and g.status = 'scheduled'
      join student st on st.id = g.student_id
      join "user" u on u.id = st.user_id and u.disabled_at is null
      on conflict do nothing
      returning id, user_id, kind, occasion, payload
    ), direct as (${directCopies("people")}
    ), channels as (
      insert into outbox (channel, kind, occasion, payload)
      select target.channel, ${SLACK}, s.occasion, jsonb_build_object('sessionIds', jsonb_build_array(s.id))
      from s cross join ${channelsOfSession}
      where ${slackConnected}
        and (s.is_active or exists (select from demo_signup g where g.session_id = s.id and g.status = 'scheduled'))
      on conflict do nothing
      returning id
    )
    select (select count(*)::int from people) as people, (select count(*)::int from channels) as channels`);
  return row ?? { people: 0, channels: 0 };
}
