import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, Role, UserSortKey } from "@/db/enums";
import {
  academyZone,
  constant,
  containsPattern,
  localDay,
  nearestEnrolmentFirst,
  shownEnrolment,
  WEEK_DAYS,
  weekOf,
} from "./fragments";
import type { Page } from "./page";

export type UserFilters = {
  page: number;
  pageSize: number;
  q: string;
  role: Role | null;
  batch: number | null;
  sort: UserSortKey;
  descending: boolean;
};

/** Who looks: an instructor gets addresses of students in their own batches only, and searches no others. */
export type Looker = { id: number; role: Role };

export type UserListRow = {
  id: number;
  name: string;
  email: string | null;
  role: Role;
  disabledAt: string | null;
  joinedAt: string;
  lastSignInAt: string | null;
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  connectionStatus: ConnectionStatus | null;
  lastSyncedAt: string | null;
  brokenAt: string | null;
  weekMs: number | null;
  weekDays: number;
};

const SORT_COLUMNS: Record<Exclude<UserSortKey, "week">, SQL> = {
  name: sql`lower(u.name)`,
  email: sql`u.email`,
  role: sql`u.role`,
  joined: sql`u.created_at`,
  signedIn: sql`u.last_sign_in_at`,
};

/** Students whose current enrolment is in a batch the looker instructs; their contact details may be shown. */
const ownStudents = (lookerId: number) => sql`
  select st.user_id
  from batch_instructor bi
  join enrolment en on en.batch_id = bi.batch_id and en.from_date <= current_date + 1
    and (en.to_date is null or en.to_date > current_date - 1)
  join student st on st.id = en.student_id
  where bi.user_id = ${lookerId}`;

/** May the looker see the e-mail address and phone number of `u`? */
export const seesAddress = (looker: Looker): SQL =>
  looker.role === "admin" ? sql`true` : sql`(u.id = ${looker.id} or u.id in (${ownStudents(looker.id)}))`;

/** Users whose shown enrolment (see `shownEnrolment`) is in this batch. */
const inBatch = (batchId: number, at: SQL): SQL => sql`u.id in (
  select st.user_id
  from enrolment own
  join student st on st.id = own.student_id
  where own.batch_id = ${batchId} and own.id = (
    select en.id from enrolment en join batch b on b.id = en.batch_id
    where en.student_id = own.student_id
    order by ${nearestEnrolmentFirst(at)}
    limit 1))`;

/** The WHERE clause over `u` that the filters ask for, as far as the looker may search. */
export function userConditions(filters: Pick<UserFilters, "q" | "role" | "batch">, looker: Looker, at: SQL): SQL {
  const parts: SQL[] = [];
  if (filters.role) parts.push(sql`u.role = ${filters.role}`);
  if (filters.batch) parts.push(inBatch(filters.batch, at));
  if (filters.q) {
    const pattern = containsPattern(filters.q);
    parts.push(
      looker.role === "admin"
        ? sql`u.search_text like ${pattern}`
        : sql`u.search_text like ${pattern} and (search_fold(u.name) like ${pattern} or ${seesAddress(looker)})`,
    );
  }
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/**
 * Everybody's 7-day total, for sorting by it: the days of the last nine dates by idx_daily_summary_date (any zone's
 * seven are among them), gathered per person so that zone and enrolment are looked up once each.
 */
const everyWeek = (at: SQL): SQL => sql`(
  select o.id as user_id, own.total_ms
  from (
    select user_id, array_agg(date) as dates, array_agg(total_ms) as totals
    from daily_summary
    where date between (${at} at time zone 'UTC')::date - ${constant(WEEK_DAYS)} and (${at} at time zone 'UTC')::date + 1
    group by user_id
  ) nine
  join "user" o on o.id = nine.user_id
  left join student st on st.user_id = o.id
  left join ${shownEnrolment(at)} on true
  cross join lateral (select ${localDay(at, sql`coalesce(o.time_zone, e.batch_time_zone, ${academyZone})`)} as date) today
  cross join lateral (
    select sum(day.total_ms)::float8 as total_ms
    from unnest(nine.dates, nine.totals) as day(date, total_ms)
    where day.date between today.date - ${constant(WEEK_DAYS - 1)} and today.date
  ) own) every_week`;

function ordering(filters: UserFilters): { join: SQL; key: SQL } {
  if (filters.sort !== "week") return { join: sql``, key: SORT_COLUMNS[filters.sort] };
  return { join: sql`left join`, key: sql`every_week.total_ms` };
}

/**
 * One page of `/admin/users` with the exact total, in one statement whatever the mix of filters: the page's ids by an
 * index (idx_user_name, idx_user_role, idx_user_search…), then the details of those few rows.
 */
export async function listUsers(
  db: Db,
  filters: UserFilters,
  looker: Looker,
  now: Date,
): Promise<Page<UserListRow> & { batchName: string | null }> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const where = userConditions(filters, looker, at);
  const { join, key } = ordering(filters);
  const direction = filters.descending ? sql`desc nulls last` : sql`asc nulls last`;
  const idDirection = filters.descending ? sql`desc` : sql`asc`;
  const week = filters.sort === "week" ? sql`${join} ${everyWeek(at)} on every_week.user_id = u.id` : sql``;
  const offset = (filters.page - 1) * filters.pageSize;

  const [row] = await db.execute<{ total: number; batchName: string | null; rows: UserListRow[] }>(sql`
    with picked as (
      select u.id, row_number() over (order by ${key} ${direction}, u.id ${idDirection}) as place
      from "user" u ${week} ${where}
      order by ${key} ${direction}, u.id ${idDirection}
      limit ${filters.pageSize} offset ${offset}
    )
    select (select count(*)::int from "user" u ${where}) as total,
      (select name from batch where id = ${filters.batch}) as "batchName", coalesce((
      select json_agg(json_build_object(
        'id', u.id, 'name', u.name, 'email', case when ${seesAddress(looker)} then u.email end, 'role', u.role,
        'disabledAt', u.disabled_at, 'joinedAt', u.created_at, 'lastSignInAt', u.last_sign_in_at,
        'batchName', e.batch_name, 'enrolmentStatus', e.status,
        'connectionStatus', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at,
        'weekMs', week.total_ms, 'weekDays', week.days) order by picked.place)
      from picked
      join "user" u on u.id = picked.id
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(at)} on true
      left join connection c on c.user_id = u.id
      cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`))}
    ), '[]') as rows`);
  if (!row) throw new Error("the users statement returned no row");
  return { ...row, page: filters.page, pageSize: filters.pageSize };
}
