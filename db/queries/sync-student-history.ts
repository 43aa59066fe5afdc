import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, SyncOutcomeKind, SyncRunState } from "@/db/enums";
import { constant, shownEnrolment } from "./fragments";
import { syncRunState } from "./sync-run-state";
import { holdsToday, seesRun, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

/** As long as outcomes are kept, and at most so many of them. */
export const SYNC_HISTORY_DAYS = 30;
const SYNC_HISTORY_ROWS = 100;

/** A student's link and what its syncs came to. Neither tokens nor WakaTime's own id of the person. */
export type StudentSync = {
  id: number;
  name: string;
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  /** Who teaches the student's batch of today. */
  instructorIds: number[];
  connection: {
    status: ConnectionStatus;
    connectedAt: string;
    brokenAt: string | null;
    lastSyncedAt: string | null;
    lastError: string | null;
    consecutiveFailures: number;
    scopes: string[];
    plan: string | null;
    timeZone: string | null;
    leased: boolean;
  } | null;
  /** The latest run of this student alone that is not over. */
  openRun: { id: number; state: SyncRunState } | null;
  outcomeTotal: number;
  outcomes: {
    runId: number;
    /** The looker may open the run. */
    runVisible: boolean;
    at: string;
    kind: SyncOutcomeKind;
    reason: string | null;
    daysWritten: number;
    daysUnchanged: number;
    daysUnavailable: number;
    tokenRenewed: boolean | null;
  }[];
  /** Dates that WakaTime's plan did not give, both included. */
  gaps: { from: string; to: string; reason: string }[];
};

/** Everything on `/admin/sync/students/{id}` in one statement; null for nobody, or nobody whom the looker may see. */
export async function getStudentSync(db: Db, userId: number, looker: Looker): Promise<StudentSync | null> {
  const recent = sql`o.user_id = u.id and o.created_at > now() - make_interval(days => ${constant(SYNC_HISTORY_DAYS)})`;
  const [row] = await db.execute<{ sync: StudentSync }>(sql`
    select json_build_object(
      'id', u.id, 'name', u.name, 'batchName', e.batch_name, 'enrolmentStatus', e.status,
      'instructorIds', (
        select coalesce(json_agg(bi.user_id), '[]')
        from enrolment en
        join batch b on b.id = en.batch_id and ${holdsToday}
        join batch_instructor bi on bi.batch_id = b.id
        where en.student_id = st.id),
      'connection', case when c.id is not null then json_build_object(
        'status', c.status, 'connectedAt', c.created_at, 'brokenAt', c.broken_at, 'lastSyncedAt', c.last_synced_at,
        'lastError', c.last_error, 'consecutiveFailures', c.consecutive_failures, 'scopes', c.scopes, 'plan', c.plan,
        'timeZone', c.time_zone, 'leased', coalesce(c.lease_until > now(), false)) end,
      'openRun', (
        select json_build_object('id', r.id, 'state', ${syncRunState})
        from sync_run r
        where r.scope_user_id = u.id and r.status = 'running'
        order by r.id desc
        limit 1),
      'outcomeTotal', (select count(*) from sync_outcome o where ${recent}),
      'outcomes', (
        select coalesce(json_agg(json_build_object(
          'runId', o.run_id, 'runVisible', ${seesRun(looker)}, 'at', o.created_at, 'kind', o.kind, 'reason', o.reason,
          'daysWritten', o.days_written, 'daysUnchanged', o.days_unchanged, 'daysUnavailable', o.days_unavailable,
          'tokenRenewed', o.token_renewed) order by o.id desc), '[]')
        from (
          select o.* from sync_outcome o where ${recent} order by o.id desc limit ${constant(SYNC_HISTORY_ROWS)}
        ) o
        join sync_run r on r.id = o.run_id),
      'gaps', (
        select coalesce(json_agg(json_build_object(
          'from', g.from_date, 'to', g.to_date - 1, 'reason', g.reason) order by g.from_date desc), '[]')
        from sync_gap g
        where g.user_id = u.id)
    ) as sync
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(sql`now()`)} on true
    left join connection c on c.user_id = u.id
    where u.id = ${userId} and u.role = 'student' and ${seesStudent(looker, sql`u.id`)}`);
  return row?.sync ?? null;
}
