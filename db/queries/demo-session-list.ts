import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SessionPeriod, SessionSortKey, SessionState } from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { sessionDay, sessionStart, sessionState } from "./demo-session-state";
import { academyZone, constant, containsPattern } from "./fragments";
import { countByValue, type FacetCount, type ListSource, listPage } from "./list";

export type DemoSessionConditions = {
  q: string;
  /** Absent or null is all of them. */
  period?: SessionPeriod | null;
  state?: SessionState | null;
  /** Held for this batch alone. */
  batch?: number | null;
};

export type DemoSessionFilters = DemoSessionConditions & { sort: Sort<SessionSortKey>; page: number; size: number };

export type DemoSessionListRow = {
  id: number;
  sessionDate: string;
  sessionTime: string;
  timeZone: string;
  startsAt: string;
  /** The day it is now where the session is held. */
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

/** More days than lie between any two sessions: behind them stands what has been. */
const FAR_DAYS = 1_000_000;

const keyOf = (key: SessionSortKey, at: SQL): SQL => {
  if (key === "title") return sql`lower(s.title)`;
  if (key === "date") return sql`s.session_date`;
  const away = sql`s.session_date - ${sessionDay(at)}`;
  return sql`case when ${away} >= 0 then ${away} else ${constant(FAR_DAYS)} - (${away}) end`;
};

function sessionConditions({ q, period, state, batch }: DemoSessionConditions, at: SQL): SQL {
  const parts: SQL[] = [];
  if (period === "upcoming") parts.push(sql`s.session_date >= ${sessionDay(at)}`);
  if (period === "past") parts.push(sql`s.session_date < ${sessionDay(at)}`);
  if (batch) parts.push(sql`s.batch_id = ${batch}`);
  if (q) parts.push(sql`search_fold(s.title) like ${containsPattern(q)}`);
  if (state) parts.push(sql`${sessionState(at)} = ${state}`);
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/**
 * `/admin/demo-sessions` at `now`. Sessions are few (one a day at most) and are read as a whole; their sign-ups are many,
 * and are counted for a page's rows only, by idx_demo_signup_session_status.
 */
export function demoSessionSource(
  filters: DemoSessionConditions & { sort: Sort<SessionSortKey> },
  now: Date,
): ListSource {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { key, descending } = filters.sort;
  return {
    from: sql`demo_session s`,
    where: sessionConditions(filters, at),
    id: sql`s.id`,
    key: keyOf(key, at),
    keyNeverNull: true,
    descending,
    details: sql`
      join demo_session s on s.id = picked.id
      left join batch b on b.id = s.batch_id
      cross join lateral (
        select count(*) filter (where g.status in ('scheduled', 'presented', 'no_show')) as taken,
          count(*) filter (where g.status = 'scheduled') as scheduled,
          count(*) filter (where g.status = 'waitlisted') as waitlisted,
          count(*) filter (where g.status = 'presented') as presented,
          count(*) filter (where g.status = 'no_show') as no_show
        from demo_signup g where g.session_id = s.id) n`,
    row: sql`json_build_object(
      'id', s.id, 'sessionDate', s.session_date, 'sessionTime', s.session_time, 'timeZone', s.time_zone,
      'startsAt', ${sessionStart}, 'today', ${sessionDay(at)}, 'title', s.title, 'batchName', b.name,
      'meetingUrl', s.meeting_url, 'state', ${sessionState(at, sql`n.taken`)}, 'maxScheduled', s.max_scheduled,
      'scheduled', n.scheduled, 'waitlisted', n.waitlisted, 'presented', n.presented, 'noShow', n.no_show)`,
  };
}

type Extra = { batchName: string | null; academyZone: string };

/**
 * One page of demo sessions with the exact total, the name of the batch that is filtered by and the academy's zone, in
 * one statement.
 */
export const listDemoSessions = (db: Db, filters: DemoSessionFilters, now: Date) =>
  listPage<DemoSessionListRow, Extra>(
    db,
    demoSessionSource(filters, now),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName", ${academyZone} as "academyZone"`,
  );

export type DemoSessionFacet = "period" | "state" | "batch";

/** How many of the sessions that the other filters leave have which value of `facet`. */
export async function countDemoSessionsBy(
  db: Db,
  facet: DemoSessionFacet,
  filters: DemoSessionConditions,
  now: Date,
): Promise<FacetCount[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const source = demoSessionSource(
    { ...filters, [facet]: facet === "period" ? "all" : null, sort: { key: "date", descending: false } },
    now,
  );
  const values: Record<DemoSessionFacet, Parameters<typeof countByValue>[2]> = {
    period: { value: sql`case when s.session_date >= ${sessionDay(at)} then 'upcoming' else 'past' end` },
    state: { value: sessionState(at) },
    batch: { value: sql`s.batch_id`, label: sql`b.name`, joins: sql`join batch b on b.id = s.batch_id` },
  };
  const counts = await countByValue(db, source, values[facet]);
  if (facet !== "period" || counts.length === 0) return counts;
  const all = counts.reduce((sum, each) => sum + each.count, 0);
  return [...counts, { value: "all", label: "all", count: all }];
}
