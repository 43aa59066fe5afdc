import { type SQL, sql } from "drizzle-orm";
import { localDay } from "./fragments";

/** The eight totals of the dashboard. They count rows: users include the disabled, students are users of that role. */
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

/** The totals as one JSON expression; the roles are counted in one index-only pass over idx_user_role. */
export const totalsJson = (at: SQL): SQL => sql`(
  select json_build_object(
    'users', count(*),
    'students', count(*) filter (where role = 'student'),
    'instructors', count(*) filter (where role = 'instructor'),
    'admins', count(*) filter (where role = 'admin'),
    'activeBatches', (select count(*) from batch b where ${isActiveBatch(at)}),
    'certificates', (select count(*) from certificate),
    'demos', (select count(*) from demo),
    'usersWithWakatime', (select count(*) from connection))
  from "user")`;
