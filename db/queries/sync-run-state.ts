import { type SQL, sql } from "drizzle-orm";
import { constant } from "./fragments";

/** A worker touches its run at least every ten seconds: what has not moved for this long is not being worked on. */
const STILL_SECONDS = 90;
/** Planning itself touches the run once; the first worker does so two seconds after it began, or with an outcome. */
const PLANNING_SECONDS = 2;

/** A worker has touched the run `r`. */
const begun: SQL = sql`(r.users_done > 0
  or r.updated_at > r.planned_at + make_interval(secs => ${constant(PLANNING_SECONDS)}))`;

const moves: SQL = sql`r.updated_at > now() - make_interval(secs => ${constant(STILL_SECONDS)})`;

/**
 * For a run of one student, whose link says more than the counters: held by this run, or left behind by a worker of it
 * that was killed; null when the run has not got to it, or is through. One probe of idx_connection_user.
 */
const heldByRun: SQL = sql`(
  select case when c.lease_until > now() then 'running' else 'interrupted' end
  from connection c
  where c.user_id = r.scope_user_id and starts_with(c.lease_owner, 'run:' || r.id || ':'))`;

/**
 * How the run `r` stands, as a SyncRunState: the one place that says so. The row of a killed run still reads `running`
 * until somebody goes on with it or it is closed; here it counts as running only while it moves. One that is planned
 * and that nobody has begun waits.
 */
export const syncRunState: SQL = sql`
  case
    when r.status = 'failed' then 'failed'
    when r.status = 'completed' and r.users_failed > 0 then 'completed_with_failures'
    when r.status = 'completed' then 'completed'
    when r.planned_at is null then 'waiting'
    else coalesce(${heldByRun}, case
      when not ${begun} then 'waiting'
      when ${moves} then 'running'
      when r.users_done = 0 and r.scope_user_id is null then 'waiting'
      else 'interrupted'
    end)
  end`;

/** The run `r` is of everybody, over the days that every night reads: no batch, no student, no back-fill. */
export const isWholeSync: SQL = sql`r.scope_batch_id is null and r.scope_user_id is null and r.window_days is not null`;

/** A run of the user `userId` that waits or is worked on: not one that was killed, which another one may replace. */
export const isAtWorkOn = (userId: SQL): SQL =>
  sql`r.scope_user_id = ${userId} and r.status = 'running' and ${syncRunState} <> 'interrupted'`;
