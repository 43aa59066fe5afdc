import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { BatchSortKey, BatchState, BatchStateFilter, KeyState } from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { activeToday, batchState, keyState } from "./batch-state";
import { containsPattern, localDay, weekOf } from "./fragments";
import { countByValue, type FacetCount, type ListSource, listPage } from "./list";
import type { Looker } from "./user-list";

export type BatchConditions = {
  q: string;
  /** Absent or null leaves the archived ones out. */
  state?: BatchStateFilter | null;
  /** Those that the looker teaches. */
  mine?: "me" | null;
  key?: KeyState | null;
};

export type BatchFilters = BatchConditions & { sort: Sort<BatchSortKey>; page: number; size: number };

export type BatchListRow = {
  id: number;
  name: string;
  startDate: string;
  endDate: string;
  /** The batch's own calendar day. */
  today: string;
  state: BatchState;
  /** Active today. */
  students: number;
  /** Of them, those with a row in their last seven days. */
  studentsWithData: number;
  capacity: number | null;
  medianWeekMs: number | null;
  instructors: string[];
  keyState: KeyState;
  /** Null for whoever may not see it. */
  registrationKey: string | null;
};

/** May the looker see the key of `b`, and the addresses of its students? */
export const seesBatchPrivate = (looker: Looker): SQL =>
  looker.role === "admin"
    ? sql`true`
    : sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`;

const SORT_COLUMNS: Record<BatchSortKey, SQL> = {
  name: sql`lower(b.name)`,
  start: sql`b.start_date`,
  end: sql`b.end_date`,
};

function batchConditions({ q, state, mine, key }: BatchConditions, looker: Looker, at: SQL): SQL {
  const parts: SQL[] = [];
  if (!state || state === "unarchived") parts.push(sql`b.archived_at is null`);
  else if (state !== "all") parts.push(sql`${batchState(at)} = ${state}`);
  if (mine) {
    parts.push(sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`);
  }
  if (key) parts.push(sql`${keyState(at)} = ${key}`);
  if (q) parts.push(sql`search_fold(b.name) like ${containsPattern(q)}`);
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/**
 * `m`: the active students of `b`, how many have data, and the median of their 7-day totals; whoever has no data is
 * not in it. Carried by idx_student_batch_id and, once for each student, idx_daily_summary_user_date.
 */
const activeStudents = (at: SQL): SQL => sql`
  lateral (
    select count(*)::int as students, count(week.total_ms)::int as with_data,
      percentile_cont(0.5) within group (order by week.total_ms) as median_ms
    from enrolment en
    join student st on st.id = en.student_id
    join "user" u on u.id = st.user_id
    cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, b.time_zone)`))}
    where en.batch_id = b.id and ${activeToday(sql`day.today`)}
  ) m`;

/** The batches list for a looker at `now`. Batches are few (hundreds): no index but the key carries the page's ids. */
export function batchSource(
  filters: BatchConditions & { sort: Sort<BatchSortKey> },
  looker: Looker,
  now: Date,
): ListSource {
  const at = sql`${now.toISOString()}::timestamptz`;
  return {
    from: sql`batch b`,
    where: batchConditions(filters, looker, at),
    id: sql`b.id`,
    key: SORT_COLUMNS[filters.sort.key],
    descending: filters.sort.descending,
    details: sql`
      join batch b on b.id = picked.id
      cross join lateral (select ${localDay(at, sql`b.time_zone`)} as today) day
      cross join ${activeStudents(at)}`,
    row: sql`json_build_object(
      'id', b.id, 'name', b.name, 'startDate', b.start_date, 'endDate', b.end_date, 'today', day.today,
      'state', ${batchState(at)}, 'students', m.students, 'studentsWithData', m.with_data, 'capacity', b.capacity,
      'medianWeekMs', m.median_ms, 'keyState', ${keyState(at)},
      'registrationKey', case when ${seesBatchPrivate(looker)} then b.registration_key end,
      'instructors', (
        select coalesce(json_agg(i.name order by i.name), '[]')
        from batch_instructor bi join "user" i on i.id = bi.user_id where bi.batch_id = b.id))`,
  };
}

/** One page of `/admin/batches` with the exact total, in one statement. */
export const listBatches = (db: Db, filters: BatchFilters, looker: Looker, now: Date) =>
  listPage<BatchListRow>(db, batchSource(filters, looker, now), filters);

export type BatchFacet = "state" | "mine" | "key";

/** How many of the batches that the other filters leave have which value of `facet`. */
export async function countBatchesBy(
  db: Db,
  facet: BatchFacet,
  filters: BatchConditions,
  looker: Looker,
  now: Date,
): Promise<FacetCount[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const others = { ...filters, [facet]: facet === "state" ? "all" : null };
  const source = batchSource({ ...others, sort: { key: "name", descending: false } }, looker, now);
  const values: Record<BatchFacet, Parameters<typeof countByValue>[2]> = {
    state: { value: batchState(at) },
    mine: {
      value: sql`case when exists (
        select from batch_instructor own where own.batch_id = b.id and own.user_id = ${looker.id}) then 'me' end`,
    },
    key: { value: keyState(at) },
  };
  const counts = await countByValue(db, source, values[facet]);
  if (facet !== "state" || counts.length === 0) return counts;
  const all = counts.reduce((sum, each) => sum + each.count, 0);
  const archived = counts.find((each) => each.value === "archived")?.count ?? 0;
  const groups = { unarchived: all - archived, all };
  return [...counts, ...Object.entries(groups).map(([value, count]) => ({ value, label: value, count }))];
}
