import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncOutcomeKind, SyncRunState } from "@/db/enums";
import { constant } from "./fragments";
import { runFactsJson, runNames, runNumbersJson, type SyncRunFacts, type SyncRunNumbers } from "./sync-run-list";
import { syncRunState } from "./sync-run-state";
import { runNumbers, seesRun, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

/** How many students of a group are named. */
const SYNC_GROUP_STUDENTS = 50;

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
    /** Outcomes other than `ok` by kind and reason, the largest group first, with some of its students by name. */
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

/**
 * Everything on `/admin/sync/{id}` in one statement: the outcomes are read once along idx_sync_outcome_run_user and
 * gathered by kind and reason, and only those students are looked up who are named.
 */
export async function getSyncRunDetail(db: Db, runId: number, looker: Looker): Promise<SyncRunDetail | null> {
  const [row] = await db.execute<{ detail: SyncRunDetail }>(sql`
    with gathered as materialized (
      select o.kind, o.reason, count(*)::int as total, sum(o.days_unchanged) as unchanged,
        sum(o.days_unavailable) as unavailable, array_agg(o.user_id) filter (where o.kind <> 'ok') as user_ids
      from sync_outcome o
      where o.run_id = ${runId} and ${seesStudent(looker, sql`o.user_id`)}
      group by o.kind, o.reason
    )
    select json_build_object(${runFactsJson}, ${runNumbersJson}, 'error', r.error,
      'daysUnchanged', (select coalesce(sum(unchanged), 0) from gathered),
      'daysUnavailable', (select coalesce(sum(unavailable), 0) from gathered),
      'kinds', (
        select coalesce(json_agg(json_build_object('kind', kind, 'students', students) order by kind), '[]')
        from (select kind, sum(total) as students from gathered group by kind) each_kind),
      'groups', (
        select coalesce(json_agg(json_build_object(
          'kind', kind, 'reason', reason, 'total', total, 'students', named.students)
          order by kind = 'skipped', total desc, kind, reason), '[]')
        from gathered
        cross join lateral (
          select json_agg(json_build_object('id', u.id, 'name', u.name) order by lower(u.name), u.id) as students
          from (select unnest(user_ids) as id order by id limit ${constant(SYNC_GROUP_STUDENTS)}) first
          join "user" u on u.id = first.id
        ) named
        where kind <> 'ok')) as detail
    from sync_run r
    ${runNames}
    cross join ${runNumbers(looker)}
    where r.id = ${runId} and ${seesRun(looker)}`);
  return row?.detail ?? null;
}
