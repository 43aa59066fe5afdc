import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { BatchState, KeyState, ProjectStatus } from "@/db/enums";
import { type BatchHoldings, holdingsJson } from "./batch-deletion";
import { type BatchHours, batchHours } from "./batch-hours";
import { seesBatchPrivate } from "./batch-list";
import { type BatchMove, batchMoves } from "./batch-moves";
import { batchState, keyState, keyUses, placesTaken } from "./batch-state";
import { sessionStart } from "./demo-session-state";
import { academyZone, localDay } from "./fragments";
import type { Looker } from "./user-list";

/** How many of those who used the key are named. */
const USES_NAMED = 100;
const PROJECTS_NAMED = 12;

/** The registration key and what it does; never for anybody but admins and the batch's instructors. */
export type BatchKey = {
  key: string;
  active: boolean;
  /** In the batch's zone, the last day on which it opens anything. */
  lastDay: string | null;
  maxUses: number | null;
  uses: number;
  /** The latest first. */
  usedBy: { id: number; studentId: number | null; name: string; at: string }[];
};

/** What the form about a batch holds. Dates are both inclusive, in the batch's own zone. */
export type BatchContent = {
  name: string;
  description: string | null;
  startDate: string;
  endDate: string;
  timeZone: string;
  capacity: number | null;
  slackChannel: string | null;
  curriculum: string | null;
};

export type BatchPage = BatchContent & {
  id: number;
  /** The batch's own calendar day. */
  today: string;
  placesTaken: number;
  state: BatchState;
  version: number;
  keyState: KeyState;
  registration: BatchKey | null;
  instructors: { id: number; name: string }[];
  hours: BatchHours;
  moves: BatchMove[];
  projectCount: number;
  projects: { id: number; name: string; status: ProjectStatus; students: number }[];
  nextSession: {
    id: number;
    title: string;
    sessionDate: string;
    sessionTime: string;
    timeZone: string;
    startsAt: string;
    academyZone: string;
    /** Of this batch's students. */
    scheduled: number;
  } | null;
  /** What deleting it would mean, where it could send its students, and who could teach it; for admins only. */
  admin: {
    holdings: BatchHoldings;
    targets: { id: number; name: string }[];
    candidates: { id: number; name: string }[];
  } | null;
};

const keyJson: SQL = sql`json_build_object(
  'key', b.registration_key, 'active', b.key_active, 'maxUses', b.key_max_uses, 'uses', ${keyUses},
  'lastDay', ((b.key_expires_at at time zone b.time_zone) - interval '1 microsecond')::date,
  'usedBy', (
    select coalesce(json_agg(json_build_object('id', k.id, 'studentId', k.student_id, 'name', k.name, 'at', k.created_at)
      order by k.created_at desc, k.id desc), '[]')
    from (
      select used.id, st.id as student_id, used.created_at, o.name
      from key_use used
      join "user" o on o.id = used.user_id
      left join student st on st.user_id = o.id
      where used.batch_id = b.id
      order by used.created_at desc, used.id desc
      limit ${USES_NAMED}
    ) k))`;

const projectsJson: SQL = sql`(
  select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'status', p.status, 'students', p.students)
    order by p.start_date desc, p.id desc), '[]')
  from (
    select own.id, own.name, own.status, own.start_date, (
      select count(*)::int from assignment a
      where a.project_id = own.id and a.status in ('assigned', 'active')) as students
    from project own
    where own.batch_id = b.id
    order by own.start_date desc, own.id desc
    limit ${PROJECTS_NAMED}
  ) p)`;

/** The next session that is this batch's or everybody's. */
const nextSessionJson = (at: SQL): SQL => sql`(
  select json_build_object('id', s.id, 'startsAt', ${sessionStart}, 'academyZone', ${academyZone}, 'title', s.title, 'sessionDate', s.session_date, 'sessionTime', s.session_time,
    'timeZone', s.time_zone, 'scheduled', (
      select count(*) from demo_signup g
      where g.session_id = s.id and g.status in ('scheduled', 'presented') and exists (
        select from enrolment en
        where en.student_id = g.student_id and en.batch_id = b.id
          and en.from_date <= s.session_date and (en.to_date is null or en.to_date > s.session_date))))
  from demo_session s
  where not s.is_cancelled and s.is_active and (s.batch_id is null or s.batch_id = b.id)
    and s.session_date >= ${localDay(at, sql`s.time_zone`)}
  order by s.session_date
  limit 1)`;

const adminJson = (at: SQL): SQL => sql`json_build_object(
  'holdings', ${holdingsJson(at)},
  'targets', (
    select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) order by o.start_date desc, o.name), '[]')
    from batch o
    where o.id <> b.id and o.archived_at is null and o.end_date >= ${localDay(at, sql`o.time_zone`)}),
  'candidates', (
    select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name) order by lower(i.name), i.id), '[]')
    from "user" i
    where i.role = 'instructor' and i.disabled_at is null
      and not exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = i.id)))`;

/**
 * Everything on `/admin/batches/<id>` but its roster, in one statement; null when there is no such batch. Carried by
 * idx_student_batch_id and idx_daily_summary_user_date (hours), idx_enrolment_student (moves), idx_key_use_batch.
 * A link counts as stale when it was last read more than `staleAfterHours` ago.
 */
export async function getBatchPage(
  db: Db,
  batchId: number,
  looker: Looker,
  now: Date,
  staleAfterHours: number,
): Promise<BatchPage | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ page: BatchPage }>(sql`
    select json_build_object(
      'id', b.id, 'name', b.name, 'description', b.description, 'startDate', b.start_date, 'endDate', b.end_date,
      'timeZone', b.time_zone, 'today', ${localDay(at, sql`b.time_zone`)}, 'capacity', b.capacity,
      'placesTaken', ${placesTaken(at)}, 'slackChannel', b.slack_channel, 'curriculum', b.curriculum,
      'state', ${batchState(at)}, 'version', b.version, 'keyState', ${keyState(at)},
      'registration', case when ${seesBatchPrivate(looker)} then ${keyJson} end,
      'instructors', (
        select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name) order by lower(i.name), i.id), '[]')
        from batch_instructor bi join "user" i on i.id = bi.user_id where bi.batch_id = b.id),
      'hours', ${batchHours(at, staleAfterHours)},
      'moves', ${batchMoves(at)},
      'projectCount', (select count(*) from project p where p.batch_id = b.id),
      'projects', ${projectsJson},
      'nextSession', ${nextSessionJson(at)},
      'admin', ${looker.role === "admin" ? adminJson(at) : sql`null::json`}
    ) as page
    from batch b
    where b.id = ${batchId}`);
  return row?.page ?? null;
}
