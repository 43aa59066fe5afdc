import { type SQL, sql } from "drizzle-orm";
import type { SyncRunState } from "@/db/enums";
import { academyZone } from "./fragments";
import { isWholeSync, syncRunState } from "./sync-run-state";
import { holdsToday, runNumbers, seesStudent } from "./sync-scope";
import type { Looker } from "./user-list";

export type SyncOverview = {
  /** The academy's zone: the nights are its own. */
  zone: string;
  /** Current students with an active enrolment, by the state of their link; for an instructor, their own. */
  students: { connected: number; needsReconnect: number; scopeMissing: number; neverConnected: number };
  /** Live links in the whole academy: what a night has to call. */
  linked: number;
  lastNightly: {
    id: number;
    state: SyncRunState;
    startedAt: string;
    finishedAt: string | null;
    ok: number;
    done: number;
    failed: number;
  } | null;
  /** A sync of everybody that is not over. */
  openRun: { id: number; state: SyncRunState; startedAt: string } | null;
  /** Batches that the looker may sync, the latest first. */
  batches: { id: number; name: string }[];
};

/** The head of `/admin/sync`, a SyncOverview, as an expression. */
export function syncOverviewJson(looker: Looker): SQL {
  const ownBatch =
    looker.role === "admin"
      ? sql`true`
      : sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`;
  return sql`
    json_build_object(
      'zone', ${academyZone},
      'students', (
        select json_build_object(
          'connected', count(*) filter (where c.status = 'active'),
          'needsReconnect', count(*) filter (where c.status = 'needs_reconnect'),
          'scopeMissing', count(*) filter (where c.status = 'scope_missing'),
          'neverConnected', count(*) filter (where c.id is null))
        from enrolment en
        join batch b on b.id = en.batch_id
        join student st on st.id = en.student_id and st.coding_source = 'wakatime'
        join "user" u on u.id = st.user_id and u.role = 'student' and u.disabled_at is null
        left join connection c on c.user_id = u.id
        where en.status = 'active' and ${holdsToday} and ${seesStudent(looker, sql`u.id`)}),
      'linked', (select count(*) from connection where status = 'active'),
      'lastNightly', (
        select json_build_object('id', r.id, 'state', ${syncRunState}, 'startedAt', r.started_at,
          'finishedAt', r.finished_at, 'ok', n.ok, 'done', n.done, 'failed', n.failed)
        from (
          select r.* from sync_run r
          where ${isWholeSync} and starts_with(r.key, 'nightly:')
          order by r.started_at desc
          limit 1
        ) r
        cross join ${runNumbers(looker)}),
      'openRun', (
        select json_build_object('id', r.id, 'state', ${syncRunState}, 'startedAt', r.started_at)
        from sync_run r
        where r.status = 'running' and ${isWholeSync}
        order by r.started_at desc
        limit 1),
      'batches', (
        select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name) order by b.start_date desc, b.name), '[]')
        from batch b
        where b.archived_at is null and ${ownBatch})
    )`;
}
