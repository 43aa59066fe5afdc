import { type SQL, sql } from "drizzle-orm";
import type { Role } from "@/db/enums";
import { localDay } from "./fragments";

/**
 * The eight totals of the dashboard. They count rows: users include the disabled but not accounts that were deleted,
 * students are users of that role.
 */
export type Totals = {
  users: number;
  students: number;
  instructors: number;
  admins: number;
  activeBatches: number;
  certificates: number;
  demos: number;
  usersWithWakatime: number;
};

/** A batch that runs at `at`: not archived, and its own calendar day within its dates. Alias `b`. */
export const isActiveBatch = (at: SQL): SQL =>
  sql`b.archived_at is null and ${localDay(at, sql`b.time_zone`)} between b.start_date and b.end_date`;

/** How many rows `counted` has, which stands in row_count: nothing is read but a few dozen changes. */
const rows = (counted: string): SQL =>
  sql`(select coalesce(sum(delta), 0)::int from row_count where counted = ${sql.raw(`'${counted}'`)})`;

/** Accounts, but those that were deleted: of one role or all. As of the statement, like any other count. */
export const countedUsers = (role?: Role | null): SQL =>
  role ? rows(`role:${role}`) : sql`(select coalesce(sum(delta), 0)::int from row_count where counted like 'role:%')`;

/** The totals as one JSON expression. */
export const totalsJson = (at: SQL): SQL => sql`json_build_object(
  'users', ${countedUsers()},
  'students', ${countedUsers("student")},
  'instructors', ${countedUsers("instructor")},
  'admins', ${countedUsers("admin")},
  'activeBatches', (select count(*) from batch b where ${isActiveBatch(at)}),
  'certificates', ${rows("certificate")},
  'demos', ${rows("demo")},
  'usersWithWakatime', ${rows("connection")})`;
