import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { academyZone } from "./fragments";
import { isAtWorkOn, isWholeSync } from "./sync-run-state";
import { type SyncScope, syncBar, syncEnrolment } from "./sync-subjects";
import type { Looker } from "./user-list";

/** The enrolment `en` holds today, in the zone of its batch `b`. */
export const holdsToday: SQL = sql`(
  en.from_date <= (now() at time zone b.time_zone)::date
  and (en.to_date is null or en.to_date > (now() at time zone b.time_zone)::date))`;

/**
 * May the looker see how the student of this user id is synced? Admins everybody; instructors those who are enrolled
 * today in a batch of theirs. An array, so that an outcome is probed for by its key instead of a whole run being read.
 */
export const seesStudent = (looker: Looker, userId: SQL): SQL =>
  looker.role === "admin"
    ? sql`true`
    : sql`${userId} = any(array(
        select st.user_id
        from batch_instructor bi
        join batch b on b.id = bi.batch_id
        join enrolment en on en.batch_id = b.id and ${holdsToday}
        join student st on st.id = en.student_id
        where bi.user_id = ${looker.id}))`;

/** May the looker see the run `r` at all? Instructors: runs of everybody, of their batches and of their students. */
export const seesRun = (looker: Looker): SQL =>
  looker.role === "admin"
    ? sql`true`
    : sql`case
        when r.scope_user_id is not null then ${seesStudent(looker, sql`r.scope_user_id`)}
        when r.scope_batch_id is not null then exists (
          select from batch_instructor bi where bi.batch_id = r.scope_batch_id and bi.user_id = ${looker.id})
        else true
      end`;

/**
 * `n`: the numbers of the run `r`, for an instructor those of their own students. Theirs are counted from the
 * outcomes, and while the run is open from the students it would still call.
 */
export const runNumbers = (looker: Looker): SQL =>
  looker.role === "admin"
    ? sql`lateral (
        select r.users_total as total, r.users_done as done, r.users_ok as ok, r.users_failed as failed,
          greatest(r.users_done - r.users_ok - r.users_failed, 0) as skipped, r.days_written as days_written
      ) n`
    : sql`lateral (
        select own.*, own.done + (
          select count(*)::int
          from connection c
          join "user" u on u.id = c.user_id
          ${syncEnrolment}
          where r.status = 'running' and ${syncBar} is null and ${seesStudent(looker, sql`c.user_id`)}
            and (r.scope_batch_id is null or (e.batch_id = r.scope_batch_id and e.zone is not null))
            and (r.scope_user_id is null or c.user_id = r.scope_user_id)
            and not exists (select from sync_outcome o where o.run_id = r.id and o.user_id = c.user_id)
        ) as total
        from (
          select count(*)::int as done, count(*) filter (where o.kind = 'ok')::int as ok,
            count(*) filter (where o.kind not in ('ok', 'skipped'))::int as failed,
            count(*) filter (where o.kind = 'skipped')::int as skipped,
            coalesce(sum(o.days_written), 0)::int as days_written
          from sync_outcome o
          where o.run_id = r.id and ${seesStudent(looker, sql`o.user_id`)}
        ) own
      ) n`;

/** What must be known before a sync of this scope may start. */
export type SyncSubject = {
  /** Who teaches the batch, or the student's batch of today; null for everybody. */
  instructorIds: number[] | null;
  /** A run of exactly this scope and kind that is not over; of one student, one that was not killed either. */
  openRunId: number | null;
  /** The latest run of exactly this scope and kind: names the occasion, so that two clicks at once start one run. */
  lastRunId: number;
  /** One student: another sync holds their link at this moment. */
  leased: boolean;
  /** The academy's own calendar day. */
  today: string;
};

type BackFill = { from: string; to: string };

/** The run `r` is of this scope, and of the same dates where past days are to be filled. */
function isSameWork({ batchId, userId }: SyncScope, backFill?: BackFill): SQL {
  if (userId) return sql`r.scope_user_id = ${userId}`;
  // As text: what somebody typed need not be a date.
  const dates = backFill && sql`r.window_start::text = ${backFill.from} and r.window_end::text = ${backFill.to}`;
  if (batchId) return sql`r.scope_batch_id = ${batchId} and ${dates ?? sql`r.window_days is not null`}`;
  return dates ? sql`r.scope_batch_id is null and r.scope_user_id is null and ${dates}` : isWholeSync;
}

/** Null when there is no such batch, or no such student with a link. */
export async function getSyncSubject(db: Db, scope: SyncScope, backFill?: BackFill): Promise<SyncSubject | null> {
  const { batchId, userId } = scope;
  const same = isSameWork(scope, backFill);
  const open = userId ? isAtWorkOn(sql`${userId}`) : sql`${same} and r.status = 'running'`;
  const instructors = userId
    ? sql`(
        select coalesce(json_agg(bi.user_id), '[]')
        from student st
        join enrolment en on en.student_id = st.id
        join batch b on b.id = en.batch_id and ${holdsToday}
        join batch_instructor bi on bi.batch_id = b.id
        where st.user_id = ${userId})`
    : batchId
      ? sql`(select coalesce(json_agg(bi.user_id), '[]') from batch_instructor bi where bi.batch_id = ${batchId})`
      : sql`null::json`;
  const exists = userId
    ? sql`exists (select from connection where user_id = ${userId})`
    : batchId
      ? sql`exists (select from batch where id = ${batchId})`
      : sql`true`;
  const [row] = await db.execute<SyncSubject>(sql`
    select ${instructors} as "instructorIds",
      (select max(r.id) from sync_run r where ${open}) as "openRunId",
      (select coalesce(max(r.id), 0) from sync_run r where ${same}) as "lastRunId",
      exists (select from connection where user_id = ${userId ?? null} and lease_until > now()) as leased,
      (now() at time zone ${academyZone})::date::text as today
    where ${exists}`);
  return row ?? null;
}
