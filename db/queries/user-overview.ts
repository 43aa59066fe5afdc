import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Role } from "@/db/enums";
import { PREPARED } from "@/db/prepared";
import { academyZone, localDay, shownEnrolment, weekOf } from "./fragments";
import { isActiveBatch, type Totals, totalsJson } from "./totals";
import { type Looker, seesAddress, type UserConditions, userConditions } from "./user-list";

type PublicUser = { id: number; email: string | null; name: string; role: Role; disabled: boolean };

/** v1's BatchInfo; the key is null for those who may not see it. */
export type BatchInfo = {
  id: number;
  name: string;
  description: string | null;
  start_date: string;
  end_date: string;
  slack_channel: string | null;
  curriculum: string | null;
  registration_key: string | null;
};

/** v1's UserOverview as the database builds it; the week's strings are added by the route. */
export type UserOverview = PublicUser & {
  student_detail: {
    id: number;
    user: PublicUser;
    batch: BatchInfo | null;
    project: Record<string, unknown> | null;
    certificates: Record<string, unknown>[];
    demos: Record<string, unknown>[];
  } | null;
  week: { total_ms: number | null; days: number; last_synced_at: string | null };
  wakatime_connected: boolean;
  last_login: string | null;
};

const batchInfo = (looker: Looker): SQL => sql`json_build_object(
  'id', b.id, 'name', b.name, 'description', b.description, 'start_date', b.start_date, 'end_date', b.end_date,
  'slack_channel', b.slack_channel, 'curriculum', b.curriculum, 'registration_key', case when ${
    looker.role === "admin"
      ? sql`true`
      : sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`
  } then b.registration_key end)`;

/** A UserOverview for the user `u` of the surrounding statement, as a lateral `overview.json`. */
const overviewOf = (at: SQL, looker: Looker): SQL => {
  const person = sql`'id', u.id, 'email', case when ${seesAddress(looker)} then u.email end, 'name', u.name,
    'role', u.role, 'disabled', u.disabled_at is not null`;
  return sql`lateral (
    select json_build_object(${person},
      'student_detail', case when st.id is not null then json_build_object(
        'id', st.id,
        'user', json_build_object(${person}),
        'batch', (
          -- v1's batch is the one of today, where lists go on showing the last one.
          select ${batchInfo(looker)} from batch b
          where b.id = e.batch_id and e.from_date <= ${localDay(at, sql`b.time_zone`)}
            and (e.to_date is null or e.to_date > ${localDay(at, sql`b.time_zone`)})),
        'project', (
          select json_build_object('id', p.id, 'name', p.name, 'start_date', p.start_date, 'end_date', p.end_date,
            'happy_hour', p.happy_hour, 'batch_id', p.batch_id)
          from assignment a join project p on p.id = a.project_id
          where a.student_id = st.id and a.status in ('assigned', 'active')),
        'certificates', (
          select coalesce(json_agg(json_build_object('id', ct.id, 'name', ct.name, 'issuer', ct.issuer,
            'date_issued', ct.date_issued, 'date_expired', ct.date_expired, 'description', ct.description)
            order by ct.date_issued desc, ct.id desc), '[]')
          from certificate ct where ct.student_id = st.id),
        'demos', (
          select coalesce(json_agg(json_build_object('id', d.id, 'title', d.title, 'description', d.description,
            'demo_date', d.demo_date, 'status', d.status) order by d.id desc), '[]')
          from demo d where d.student_id = st.id)) end,
      'week', json_build_object('total_ms', week.total_ms, 'days', week.days, 'last_synced_at', c.last_synced_at),
      'wakatime_connected', coalesce(c.status = 'active', false),
      'last_login', u.last_sign_in_at) as json
    from (select u.id) own
    left join student st on st.user_id = own.id
    left join ${shownEnrolment(at)} on true
    left join connection c on c.user_id = own.id
    cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`))}
  ) overview`;
};

type V1Page = { users: UserOverview[]; total: number };

/** `GET /api/v1/admin/users`: one statement for the rows and the true total, newest accounts last as v1 had them. */
export async function listUserOverviews(
  db: Db,
  filters: UserConditions & { page: number; pageSize: number },
  looker: Looker,
  now: Date,
): Promise<V1Page> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const where = userConditions(filters, looker, at);
  const [row] = await db.execute<V1Page>(sql`
    with picked as (
      select u.* from "user" u ${where} order by u.id
      limit ${filters.pageSize} offset ${(filters.page - 1) * filters.pageSize}
    )
    select (select count(*)::int from "user" u ${where}) as total, coalesce((
      select json_agg(overview.json order by u.id) from picked u cross join ${overviewOf(at, looker)}), '[]') as users`);
  if (!row) throw new Error("the users statement returned no row");
  return row;
}

/** `GET /api/v1/admin/users/{id}`, or null when there is no such user. */
export async function getUserOverview(db: Db, id: number, looker: Looker, now: Date): Promise<UserOverview | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ json: UserOverview }>(sql`
    select overview.json from "user" u cross join ${overviewOf(at, looker)} where u.id = ${id}`);
  return row?.json ?? null;
}

type V1Dashboard = { totals: Totals; recentStudents: UserOverview[]; activeBatches: BatchInfo[] };

/** `GET /api/v1/admin/dashboard`: totals, the five newest students and the running batches in one statement. */
export async function getDashboardOverview(db: Db, looker: Looker, now: Date): Promise<V1Dashboard> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<V1Dashboard>(sql`${PREPARED}
    with recent as (
      select * from "user" where role = 'student' and anonymised_at is null order by created_at desc, id desc limit 5
    )
    select ${totalsJson(at)} as totals,
      (select coalesce(json_agg(overview.json order by u.created_at desc, u.id desc), '[]')
       from recent u cross join ${overviewOf(at, looker)}) as "recentStudents",
      (select coalesce(json_agg(${batchInfo(looker)} order by b.name), '[]')
       from batch b where ${isActiveBatch(at)}) as "activeBatches"`);
  if (!row) throw new Error("the dashboard statement returned no row");
  return row;
}

/** `GET /api/v1/admin/stats`. */
export async function getTotals(db: Db, now: Date): Promise<Totals> {
  const [row] = await db.execute<{ totals: Totals }>(sql`
    select ${totalsJson(sql`${now.toISOString()}::timestamptz`)} as totals`);
  if (!row) throw new Error("the totals statement returned no row");
  return row.totals;
}

type Me = { studentId: number | null; connected: boolean };

/** What `GET /api/users/me` adds to the session's own row. */
export async function getOwnLinks(db: Db, userId: number): Promise<Me> {
  const [row] = await db.execute<Me>(sql`
    select (select id from student where user_id = ${userId}) as "studentId",
      exists (select from connection where user_id = ${userId} and status = 'active') as connected`);
  return row ?? { studentId: null, connected: false };
}
