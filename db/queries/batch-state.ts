import { type SQL, sql } from "drizzle-orm";
import { localDay } from "./fragments";

/** What batch `b` is at `at`, by its own calendar day: a BatchState. */
export const batchState = (at: SQL): SQL => sql`(
  case
    when b.archived_at is not null then 'archived'
    when ${localDay(at, sql`b.time_zone`)} < b.start_date then 'upcoming'
    when ${localDay(at, sql`b.time_zone`)} > b.end_date then 'ended'
    else 'running'
  end)`;

/** Sign-ups by the registration key of `b`, earlier keys among them: what its limit counts. */
export const keyUses: SQL = sql`(select count(*)::int from key_use used where used.batch_id = b.id)`;

/** Places of `b` that somebody has, now or from a later day on: what its capacity counts. */
export const placesTaken = (at: SQL): SQL => sql`(
  select count(*)::int
  from enrolment taken
  where taken.batch_id = b.id and taken.status in ('invited', 'active', 'paused')
    and (taken.to_date is null or taken.to_date > ${localDay(at, sql`b.time_zone`)}))`;

/** Whether the registration key of `b` lets anybody in at `at`: a KeyState. Counts only where it can matter. */
export const keyState = (at: SQL): SQL => sql`(
  case
    when ${batchState(at)} in ('archived', 'ended') then 'over'
    when not b.key_active then 'off'
    when b.key_expires_at <= ${at} then 'expired'
    when b.key_max_uses is not null and b.key_max_uses <= ${keyUses} then 'used_up'
    when b.capacity is not null and b.capacity <= ${placesTaken(at)} then 'full'
    else 'open'
  end)`;

/** The enrolment `en` in `b` holds on `today`, the batch's own day, and is active: who counts. */
export const activeToday = (today: SQL): SQL => sql`(
  en.status = 'active' and en.from_date <= ${today} and (en.to_date is null or en.to_date > ${today}))`;
