import { type SQL, sql } from "drizzle-orm";
import { constant } from "./fragments";

/** A worker touches its run at least every ten seconds: what has not moved for this long is not being worked on. */
export const SYNC_STILL_SECONDS = 90;

/**
 * How the run `r` stands, as a SyncRunState: the one place that says so. The row of a killed run still reads `running`
 * until somebody goes on with it or it is closed; here it counts as running only while it moves.
 */
export const syncRunState: SQL = sql`
  case
    when r.status = 'failed' then 'failed'
    when r.status = 'completed' and r.users_failed > 0 then 'completed_with_failures'
    when r.status = 'completed' then 'completed'
    when r.planned_at is null then 'waiting'
    when r.updated_at > now() - make_interval(secs => ${constant(SYNC_STILL_SECONDS)}) then 'running'
    when r.users_done = 0 then 'waiting'
    else 'interrupted'
  end`;

/** The run `r` is of everybody, over the days that every night reads: no batch, no student, no back-fill. */
export const isWholeSync: SQL = sql`r.scope_batch_id is null and r.scope_user_id is null and r.window_days is not null`;
