import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncOutcomeKind, SyncRunState } from "@/db/enums";
import { constant } from "./fragments";
import { runFactsJson, runNames, runNumbersJson, type SyncRunFacts, type SyncRunNumbers } from "./sync-run-list";
import { syncRunState } from "./sync-run-state";
import { runNumbers, seesRun, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

/** How many students of a group are named. */
export const SYNC_GROUP_STUDENTS = 50;

export type SyncRunProgress = SyncRunNumbers & {
  state: SyncRunState;
  startedAt: string;
  finishedAt: string | null;
  error: string | null;
};

export type SyncRunDetail = SyncRunFacts &
  SyncRunNumbers & {
    error: string | null;
    daysUnchanged: number;
    daysUnavailable: number;
    kinds: { kind: SyncOutcomeKind; students: number }[];
    /** Outcomes other than `ok` by kind and reason, the largest group first, with its first students by name. */
    groups: {
      kind: SyncOutcomeKind;
      reason: string | null;
      total: number;
      students: { id: number; name: string }[];
    }[];
  };

/** How far a run is, for the page that follows it. Null when there is none, or none that the looker may see. */
export async function getSyncRunProgress(db: Db, runId: number, looker: Looker): Promise<SyncRunProgress | null> {
  const [row] = await db.execute<{ progress: SyncRunProgress }>(sql`
    select json_build_object('state', ${syncRunState}, ${runNumbersJson}, 'startedAt', r.started_at,
      'finishedAt', r.finished_at, 'error', r.error) as progress
    from sync_run r
    cross join ${runNumbers(looker)}
    where r.id = ${runId} and ${seesRun(looker)}`);
  return row?.progress ?? null;
}

/** Everything on `/admin/sync/{id}` in one statement, the outcomes read once along idx_sync_outcome_run_user. */
export async function getSyncRunDetail(db: Db, runId: number, looker: Looker): Promise<SyncRunDetail | null> {
  const [row] = await db.execute<{ detail: SyncRunDetail }>(sql`
    with outcome as materialized (
      select o.* from sync_outcome o where o.run_id = ${runId} and ${seesStudent(looker, sql`o.user_id`)}
    ), ranked as (
      select o.kind, o.reason, u.id, u.name,
        count(*) over (partition by o.kind, o.reason)::int as total,
        row_number() over (partition by o.kind, o.reason order by lower(u.name), u.id) as place
      from outcome o
      join "user" u on u.id = o.user_id
      where o.kind <> 'ok'
    ), grouped as (
      select kind, reason, total, json_agg(json_build_object('id', id, 'name', name) order by place) as students
      from ranked
      where place <= ${constant(SYNC_GROUP_STUDENTS)}
      group by kind, reason, total
    )
    select json_build_object(${runFactsJson}, ${runNumbersJson}, 'error', r.error,
      'daysUnchanged', (select coalesce(sum(days_unchanged), 0) from outcome),
      'daysUnavailable', (select coalesce(sum(days_unavailable), 0) from outcome),
      'kinds', (
        select coalesce(json_agg(json_build_object('kind', kind, 'students', students) order by kind), '[]')
        from (select kind, count(*) as students from outcome group by kind) each_kind),
      'groups', (
        select coalesce(json_agg(json_build_object(
          'kind', kind, 'reason', reason, 'total', total, 'students', students)
          order by kind = 'skipped', total desc, kind, reason), '[]')
        from grouped)) as detail
    from sync_run r
    ${runNames}
    cross join ${runNumbers(looker)}
    where r.id = ${runId} and ${seesRun(looker)}`);
  return row?.detail ?? null;
}
