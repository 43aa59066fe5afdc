import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SessionPeriod, SessionSortKey, SessionState } from "@/db/enums";
import { containsPattern, localDay } from "./fragments";
import type { Page } from "./page";

export type DemoSessionFilters = {
  page: number;
  pageSize: number;
  q: string;
  period: SessionPeriod;
  sort: SessionSortKey;
  descending: boolean;
};

export type DemoSessionListRow = {
  id: number;
  sessionDate: string;
  sessionTime: string;
  timeZone: string;
  today: string;
  title: string;
  batchName: string | null;
  meetingUrl: string | null;
  state: SessionState;
  maxScheduled: number | null;
  scheduled: number;
  waitlisted: number;
  presented: number;
  noShow: number;
};

function conditions(filters: DemoSessionFilters, at: SQL): SQL {
  const parts: SQL[] = [];
  // A session counts as upcoming all through its own day.
  if (filters.period === "upcoming") parts.push(sql`s.session_date >= ${localDay(at, sql`s.time_zone`)}`);
  if (filters.period === "past") parts.push(sql`s.session_date < ${localDay(at, sql`s.time_zone`)}`);
  if (filters.q) parts.push(sql`search_fold(s.title) like ${containsPattern(filters.q)}`);
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/**
 * One page of `/admin/demo-sessions` with the exact total, in one statement: the page by idx_demo_session_date, then the
 * places of those sessions, counted from idx_demo_signup_session_status.
 */
export async function listDemoSessions(
  db: Db,
  filters: DemoSessionFilters,
  now: Date,
): Promise<Page<DemoSessionListRow>> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const where = conditions(filters, at);
  const key = filters.sort === "title" ? sql`lower(s.title)` : sql`s.session_date`;
  const direction = filters.descending ? sql`desc` : sql`asc`;
  const offset = (filters.page - 1) * filters.pageSize;

  const [row] = await db.execute<{ total: number; rows: DemoSessionListRow[] }>(sql`
    with picked as (
      select s.*, ${localDay(at, sql`s.time_zone`)} as today,
        row_number() over (order by ${key} ${direction}, s.id ${direction}) as place
      from demo_session s ${where}
      order by ${key} ${direction}, s.id ${direction}
      limit ${filters.pageSize} offset ${offset}
    )
    select (select count(*)::int from demo_session s ${where}) as total, coalesce((
      select json_agg(json_build_object(
        'id', s.id, 'sessionDate', s.session_date, 'sessionTime', s.session_time, 'timeZone', s.time_zone,
        'today', s.today, 'title', s.title, 'batchName', b.name, 'meetingUrl', s.meeting_url,
        'state', case
          when s.is_cancelled then 'cancelled'
          when s.session_date < s.today then 'past'
          when not s.is_active then 'closed'
          when places.scheduled + places.presented >= s.max_scheduled then 'full'
          else 'open' end,
        'maxScheduled', s.max_scheduled, 'scheduled', places.scheduled, 'waitlisted', places.waitlisted,
        'presented', places.presented, 'noShow', places.no_show) order by s.place)
      from picked s
      left join batch b on b.id = s.batch_id
      cross join lateral (
        select
          count(*) filter (where g.status = 'scheduled')::int as scheduled,
          count(*) filter (where g.status = 'waitlisted')::int as waitlisted,
          count(*) filter (where g.status = 'presented')::int as presented,
          count(*) filter (where g.status = 'no_show')::int as no_show
        from demo_signup g where g.session_id = s.id
      ) places
    ), '[]') as rows`);
  if (!row) throw new Error("the demo sessions statement returned no row");
  return { ...row, page: filters.page, pageSize: filters.pageSize };
}
