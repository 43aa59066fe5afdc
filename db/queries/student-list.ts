import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type {
  ConnectionStatus,
  EnrolmentStatus,
  StudentSortKey,
  StudentState,
  StudentStateFilter,
  WakatimeState,
} from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { academyZone, containsPattern, localDay, shownEnrolment, weekOf } from "./fragments";
import { countByValue, type FacetCount, type ListSource, listPage } from "./list";
import { enrolmentsOn, everyShown, shownBatch, standing, stateOf } from "./student-standing";
import { type Looker, ofWakatimeState, seesAddress } from "./user-list";

export type StudentConditions = {
  q: string;
  /** The batch of the shown enrolment (see `shownEnrolment`). */
  batch?: number | null;
  /** Absent or null means active: lists of students begin with them. */
  status?: StudentStateFilter | null;
  wakatime?: WakatimeState | null;
  /** The project they work on now. */
  project?: number | null;
  /** Students of the batches that the looker teaches. */
  mine?: "me" | null;
};

export type StudentFilters = StudentConditions & { sort: Sort<StudentSortKey> };

export type StudentListRow = {
  /** Of the row in `student`, which the student's page goes by. */
  id: number;
  userId: number;
  name: string;
  /** Null for whoever may not see it. */
  email: string | null;
  phone: string | null;
  timeZone: string;
  disabled: boolean;
  joinedAt: string;
  batchId: number | null;
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  state: StudentState;
  projectId: number | null;
  projectName: string | null;
  weekMs: number | null;
  weekDays: number;
  lastCodingDay: string | null;
  connectionStatus: ConnectionStatus | null;
  lastSyncedAt: string | null;
  brokenAt: string | null;
  certificates: number;
  demos: number;
};

/** Students enrolled today in a batch that the looker teaches. */
const taughtBy = (lookerId: number, at: SQL): SQL => sql`u.student_id in (
  select en.student_id
  from ${enrolmentsOn(at)}
  where en.batch_id in (select bi.batch_id from batch_instructor bi where bi.user_id = ${lookerId}))`;

/** Addresses are searched as far as the looker may see them. */
function found(q: string, looker: Looker): SQL {
  const pattern = containsPattern(q);
  const byName =
    looker.role === "admin" ? sql`` : sql`and (search_fold(u.name) like ${pattern} or ${seesAddress(looker)})`;
  return sql`(u.search_text like ${pattern} ${byName})`;
}

function conditions(filters: StudentConditions, looker: Looker, at: SQL): SQL {
  const { q, batch = null, status, wakatime, project, mine } = filters;
  const parts: SQL[] = [sql`u.student_id is not null and u.anonymised_at is null`];
  const enrolled = standing(status ?? "active", batch, at);
  if (enrolled) parts.push(enrolled);
  if (mine) parts.push(taughtBy(looker.id, at));
  if (wakatime) parts.push(ofWakatimeState(wakatime));
  if (project) {
    parts.push(sql`u.student_id in (
      select a.student_id from assignment a where a.project_id = ${project} and a.status in ('assigned', 'active'))`);
  }
  if (q) parts.push(found(q, looker));
  return sql`where ${sql.join(parts, sql` and `)}`;
}

/** What a sort key needs beside the person. Batches are put in order once: a hundred thousand names compare slowly. */
function sorting(key: StudentSortKey, at: SQL): { key: SQL; joins?: SQL } {
  if (key === "name") return { key: sql`lower(u.name)` };
  if (key === "joined") return { key: sql`u.created_at` };
  return {
    key: sql`ordered.place`,
    joins: sql`
      left join (select b.id, rank() over (order by lower(b.name)) as place from batch b) ordered
        on ordered.id = ${shownBatch(at)}`,
  };
}

/**
 * The students list for a looker at `now`, one row for each student whatever their role is today, but none for a deleted
 * account, as in the list of users; a batch's roster is the same with `batch` set. The ids of a page come along idx_user_name or idx_user_created; the details are probed for
 * those few rows (idx_enrolment_student, idx_assignment_one_open, idx_connection_user, idx_daily_summary_user_date,
 * idx_certificate_student, idx_demo_student).
 */
export function studentSource(filters: StudentFilters, looker: Looker, now: Date): ListSource {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { key, joins } = sorting(filters.sort.key, at);
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  return {
    from: sql`"user" u`,
    where: conditions(filters, looker, at),
    id: sql`u.student_id`,
    tie: sql`u.id`,
    key,
    keyNeverNull: filters.sort.key !== "batch",
    ...(joins && { keyJoins: joins }),
    descending: filters.sort.descending,
    details: sql`
      join student st on st.id = picked.id
      join "user" u on u.id = st.user_id
      left join ${shownEnrolment(at)} on true
      left join connection c on c.user_id = u.id
      left join lateral (
        select p.id, p.name from assignment a join project p on p.id = a.project_id
        where a.student_id = st.id and a.status in ('assigned', 'active')
        limit 1
      ) work on true
      left join lateral (
        select d.date from daily_summary d where d.user_id = u.id and d.total_ms > 0 order by d.date desc limit 1
      ) coded on true
      cross join ${weekOf(localDay(at, zone))}`,
    row: sql`json_build_object(
      'id', st.id, 'userId', u.id, 'name', u.name,
      'email', case when ${seesAddress(looker)} then u.email end,
      'phone', case when ${seesAddress(looker)} then u.phone end,
      'timeZone', ${zone}, 'disabled', u.disabled_at is not null, 'joinedAt', u.created_at,
      'batchId', e.batch_id, 'batchName', e.batch_name, 'enrolmentStatus', e.status,
      'state', ${stateOf(localDay(at, sql`e.batch_time_zone`))},
      'projectId', work.id, 'projectName', work.name,
      'weekMs', week.total_ms, 'weekDays', week.days, 'lastCodingDay', coded.date,
      'connectionStatus', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at,
      'certificates', (select count(*) from certificate ct where ct.student_id = st.id and ct.revoked_at is null),
      'demos', (select count(*) from demo dm where dm.student_id = st.id))`,
  };
}

/** Batches that the looker may move people to: not archived, not over, and an instructor's own. */
const moveTargets = (looker: Looker, now: Date): SQL => sql`(
  select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name) order by b.start_date desc, b.name), '[]')
  from batch b
  where b.archived_at is null and b.end_date >= ${localDay(sql`${now.toISOString()}::timestamptz`, sql`b.time_zone`)}
    and ${
      looker.role === "admin"
        ? sql`true`
        : sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`
    })`;

/** One page of `/admin/students` with the exact total and the names of what is filtered by, in one statement. */
export const listStudents = (
  db: Db,
  filters: StudentFilters & { page: number; size: number },
  looker: Looker,
  now: Date,
) =>
  listPage<
    StudentListRow,
    { batchName: string | null; projectName: string | null; targets: { id: number; name: string }[] }
  >(
    db,
    studentSource(filters, looker, now),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName",
      (select name from project where id = ${filters.project ?? null}) as "projectName",
      ${moveTargets(looker, now)} as targets`,
  );

export type StudentFacet = "batch" | "status" | "wakatime" | "project" | "mine";

/** How many of the students that the other filters leave have which value of `facet`. */
export async function countStudentsBy(
  db: Db,
  facet: StudentFacet,
  filters: StudentConditions,
  looker: Looker,
  now: Date,
): Promise<FacetCount[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const others = { ...filters, [facet]: facet === "status" ? "all" : null };
  const source = studentSource({ ...others, sort: { key: "name", descending: false } }, looker, now);
  const values: Record<StudentFacet, Parameters<typeof countByValue>[2]> = {
    batch: {
      value: sql`b.id`,
      label: sql`b.name`,
      joins: sql`join batch b on b.id = ${shownBatch(at)}`,
    },
    status: { value: stateOf(sql`e.today`), joins: sql`left join ${everyShown(at)} on e.student_id = u.student_id` },
    wakatime: { value: sql`coalesce(u.wakatime_status::text, 'none')` },
    project: {
      value: sql`p.id`,
      label: sql`p.name || ' · ' || pb.name`,
      joins: sql`
        join assignment a on a.student_id = u.student_id and a.status in ('assigned', 'active')
        join project p on p.id = a.project_id
        join batch pb on pb.id = p.batch_id`,
    },
    mine: { value: sql`case when ${taughtBy(looker.id, at)} then 'me' end` },
  };
  const counted = await countByValue(db, source, values[facet]);
  if (facet !== "status") return counted;
  const everybody = counted.reduce((sum, each) => sum + each.count, 0);
  return [...counted, { value: "all", label: "all", count: everybody }];
}
