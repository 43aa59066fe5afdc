import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AccountState, ConnectionStatus, EnrolmentStatus, Role, UserSortKey, WakatimeState } from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { academyZone, constant, containsPattern, localDay, shownEnrolment, WEEK_DAYS, weekOf } from "./fragments";
import { countByValue, type ListSource, listPage } from "./list";
import { shownBatch, shownStatus } from "./student-standing";

export type UserConditions = {
  q: string;
  role?: Role | null;
  batch?: number | null;
  /** The status of the shown enrolment (see `shownEnrolment`). */
  status?: EnrolmentStatus | null;
  wakatime?: WakatimeState | null;
  account?: AccountState | null;
};

export type UserFilters = UserConditions & { sort: Sort<UserSortKey>; page: number; size: number };

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
  // Never is before everything else.
  signedIn: sql`coalesce(u.last_sign_in_at, '-infinity')`,
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

export const ofWakatimeState = (state: WakatimeState): SQL =>
  state === "none" ? sql`u.wakatime_status is null` : sql`u.wakatime_status = ${state}`;

/** What the filters ask of the user `u`, as a WHERE clause, as far as the looker may search. */
export function userConditions(filters: UserConditions, looker: Looker, at: SQL): SQL {
  const { q, role, batch, status, wakatime, account } = filters;
  const parts: SQL[] = [];
  if (role) parts.push(sql`u.role = ${role}`);
  if (batch) parts.push(sql`${shownBatch(at)} = ${batch}`);
  if (status) parts.push(sql`${shownStatus(at)} = ${status}`);
  if (wakatime) parts.push(ofWakatimeState(wakatime));
  if (account) parts.push(account === "disabled" ? sql`u.disabled_at is not null` : sql`u.disabled_at is null`);
  if (q) {
    const pattern = containsPattern(q);
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

/**
 * The users list for a looker at `now`. The page's ids come by an index of their own (idx_user_name, which also
 * holds what is filtered by, idx_user_created, idx_user_search…), the details are probed for those few rows.
 */
export function userSource(
  filters: UserConditions & { sort: Sort<UserSortKey> },
  looker: Looker,
  now: Date,
): ListSource {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { key, descending } = filters.sort;
  const week = key === "week";
  return {
    from: sql`"user" u`,
    where: userConditions(filters, looker, at),
    id: sql`u.id`,
    key: week ? sql`every_week.total_ms` : SORT_COLUMNS[key],
    keyNeverNull: !week,
    descending,
    ...(week ? { keyJoins: sql`left join ${everyWeek(at)} on every_week.user_id = u.id` } : {}),
    details: sql`
      join "user" u on u.id = picked.id
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(at)} on true
      left join connection c on c.user_id = u.id
      cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`))}`,
    row: sql`json_build_object(
      'id', u.id, 'name', u.name, 'email', case when ${seesAddress(looker)} then u.email end, 'role', u.role,
      'disabledAt', u.disabled_at, 'joinedAt', u.created_at, 'lastSignInAt', u.last_sign_in_at,
      'batchName', e.batch_name, 'enrolmentStatus', e.status,
      'connectionStatus', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at,
      'weekMs', week.total_ms, 'weekDays', week.days)`,
  };
}

/** One page of `/admin/users` with the exact total and the name of the batch that is filtered by, in one statement. */
export const listUsers = (db: Db, filters: UserFilters, looker: Looker, now: Date) =>
  listPage<UserListRow, { batchName: string | null }>(
    db,
    userSource(filters, looker, now),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName"`,
  );

export type UserFacet = "role" | "batch" | "status" | "wakatime" | "account";

/** How many of the users that the other filters leave have which value of `facet`. */
export function countUsersBy(db: Db, facet: UserFacet, filters: UserConditions, looker: Looker, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const source = { from: sql`"user" u`, where: userConditions({ ...filters, [facet]: null }, looker, at) };
  const values: Record<typeof facet, Parameters<typeof countByValue>[2]> = {
    role: { value: sql`u.role` },
    batch: { value: sql`b.id`, label: sql`b.name`, joins: sql`join batch b on b.id = ${shownBatch(at)}` },
    status: { value: shownStatus(at) },
    wakatime: { value: sql`coalesce(u.wakatime_status::text, 'none')` },
    account: { value: sql`case when u.disabled_at is null then 'enabled' else 'disabled' end` },
  };
  return countByValue(db, source, values[facet]);
}
