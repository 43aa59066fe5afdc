import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AccountState, ConnectionStatus, EnrolmentStatus, Role, UserSortKey, WakatimeState } from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { academyZone, constant, containsPattern, localDay, shownEnrolment, WEEK_DAYS, weekOf } from "./fragments";
import { countByValue, type ListSource, listPage } from "./list";
import { shownBatch, shownStatus } from "./student-standing";
import { countedUsers } from "./totals";

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

/** What the filters ask of the user `u`, as a WHERE clause, as far as the looker may search. Deleted accounts are none. */
export function userConditions(filters: UserConditions, looker: Looker, at: SQL): SQL {
  const { q, role, batch, status, wakatime, account } = filters;
  const parts: SQL[] = [sql`u.anonymised_at is null`];
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
  return sql`where ${sql.join(parts, sql` and `)}`;
}

/** Does nothing but the role narrow the list? Then how many there are is known. */
const onlyRole = ({ q, batch, status, wakatime, account }: UserConditions): boolean =>
  !(q || batch || status || wakatime || account);

/**
 * For sorting by the 7-day total. `nine`, of whoever has any, by idx_daily_summary_date: the last nine dates, summed for
 * each day that it can be somewhere (yesterday, today and tomorrow of UTC), of which `key` takes the person's own.
 */
function everyWeek(at: SQL): { nine: SQL; home: SQL; key: SQL } {
  const utc = localDay(at, sql`'UTC'`);
  const weekTo = (ahead: number) =>
    sql`sum(total_ms) filter (where date between ${utc} + ${constant(ahead + 1 - WEEK_DAYS)} and ${utc} + ${constant(ahead)})`;
  const own = localDay(at, sql`coalesce(u.time_zone, home.time_zone, ${academyZone})`);
  return {
    nine: sql`(
      select user_id, ${weekTo(-1)} as behind, ${weekTo(0)} as same, ${weekTo(1)} as ahead
      from daily_summary
      where date between ${utc} - ${constant(WEEK_DAYS)} and ${utc} + 1
      group by user_id
    ) nine`,
    home: sql`left join batch home on home.id = ${shownBatch(at)}`,
    key: sql`(case when nine.user_id is not null then
      case ${own} - ${utc} when -1 then nine.behind when 0 then nine.same else nine.ahead end end)::float8`,
  };
}

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
  const week = everyWeek(at);
  return {
    from: sql`"user" u`,
    where: userConditions(filters, looker, at),
    id: sql`u.id`,
    key: key === "week" ? week.key : SORT_COLUMNS[key],
    // Addresses are unique: their index knows no other order.
    ...(key === "email" ? { tie: sql`u.email` } : {}),
    keyNeverNull: key !== "week",
    ...(onlyRole(filters) ? { total: countedUsers(filters.role) } : {}),
    descending,
    ...(key === "week" && {
      keyJoins: sql`left join ${week.nine} on nine.user_id = u.id ${week.home}`,
      // One probe for each of them (offset 0), and not all people for the sake of a few.
      keyFew: sql`${week.nine} cross join lateral (select * from "user" u where u.id = nine.user_id offset 0) u ${week.home}`,
    }),
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
