import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { RiskResponse, RiskSignalKind, RiskSortKey, RiskState, RiskStateFilter } from "@/db/enums";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";
import type { Sort } from "@/lib/table-params";
import { containsPattern } from "./fragments";
import { countByValue, type ListSource, listPage } from "./list";
import { riskCheckedOn } from "./risk-facts";

export type RiskConditions = {
  q: string;
  state: RiskStateFilter;
  batch?: number | null;
  mine?: "me" | null;
  /** A fact that added points. */
  fact?: RiskSignalKind | null;
  answer?: "open" | "given" | null;
};

export type RiskFilters = RiskConditions & { sort: Sort<RiskSortKey>; page: number; size: number };

export type RiskAnswerGiven = {
  response: RiskResponse;
  reason: string;
  until: DateString | null;
  by: string;
  at: string;
};

export type RiskListRow = {
  /** The student's. */
  id: number;
  name: string;
  batchId: number;
  batchName: string;
  state: RiskState;
  points: number;
  /** Those that added points. */
  signals: RiskSignal[];
  since: DateString;
  /** How they stood before; null for the first word. */
  before: RiskState | null;
  checkedAt: string;
  answer: RiskAnswerGiven | null;
};

const KEYS: Record<RiskSortKey, SQL> = { points: sql`b.points`, since: sql`b.from_date`, name: sql`lower(u.name)` };

const isAnswered = sql`exists (select from risk_snooze z where z.student_id = b.student_id and z.ended_at is null)`;

/** The answer that holds about the student of `b`. */
const answerOf = sql`(
  select json_build_object('response', z.response, 'reason', z.reason, 'until', z.until_date, 'by', author.name,
    'at', z.created_at)
  from risk_snooze z join "user" author on author.id = z.author_id
  where z.student_id = b.student_id and z.ended_at is null)`;

/** How the student of `b` stood until then. */
const bandBefore = sql`(
  select former.state from risk_band former where former.student_id = b.student_id and former.to_date = b.from_date)`;

const addsPoints = (fact: SQL): SQL => sql`exists (
  select from jsonb_array_elements(b.signals) signal
  where signal ->> 'kind' = ${fact} and (signal ->> 'points')::int > 0)`;

function conditions({ q, state, batch, mine, fact, answer }: RiskConditions, viewerId: number): SQL {
  // Whoever was paused or disabled since the check is out at once.
  const parts: SQL[] = [sql`b.to_date is null`, sql`u.shown_status = 'active'`, sql`u.disabled_at is null`];
  if (state === "attention") parts.push(sql`b.state in ('watch', 'act')`);
  else if (state !== "all") parts.push(sql`b.state = ${state}`);
  if (batch) parts.push(sql`b.batch_id = ${batch}`);
  if (mine) parts.push(sql`b.batch_id in (select bi.batch_id from batch_instructor bi where bi.user_id = ${viewerId})`);
  if (fact) parts.push(addsPoints(sql`${fact}`));
  if (answer) parts.push(answer === "given" ? isAnswered : sql`not ${isAnswered}`);
  if (q) parts.push(sql`search_fold(u.name) like ${containsPattern(q)}`);
  return sql`where ${sql.join(parts, sql` and `)}`;
}

/** `/admin/early-warning`: at most one row for each student in class, by idx_risk_band_state and in one pass. */
export const riskSource = (
  filters: RiskConditions & { sort: Sort<RiskSortKey> },
  viewer: { id: number },
): ListSource => ({
  from: sql`risk_band b join "user" u on u.student_id = b.student_id`,
  where: conditions(filters, viewer.id),
  id: sql`b.student_id`,
  key: KEYS[filters.sort.key],
  keyNeverNull: true,
  onePass: true,
  descending: filters.sort.descending,
  details: sql`
    join risk_band b on b.student_id = picked.id and b.to_date is null
    join "user" u on u.student_id = b.student_id
    join batch on batch.id = b.batch_id`,
  row: sql`json_build_object('id', b.student_id, 'name', u.name, 'batchId', b.batch_id, 'batchName', batch.name,
    'state', b.state, 'points', b.points, 'since', b.from_date, 'before', ${bandBefore}, 'checkedAt', b.checked_at,
    'signals', (select coalesce(json_agg(signal), '[]') from jsonb_array_elements(b.signals) signal
      where (signal ->> 'points')::int > 0),
    'answer', ${answerOf})`,
});

/** One page with the exact total, the batch's name, and when the last whole check was, in one statement. */
export const listRisks = (db: Db, filters: RiskFilters, viewer: { id: number }) =>
  listPage<RiskListRow, { batchName: string | null; checkedOn: DateString | null }>(
    db,
    riskSource(filters, viewer),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName",
      ${riskCheckedOn} as "checkedOn"`,
  );

export type RiskFacet = "state" | "batch" | "mine" | "fact" | "answer";

/** How many of the students that the other filters leave have which value of `facet`. */
export function countRisksBy(db: Db, facet: RiskFacet, filters: RiskConditions, viewer: { id: number }) {
  const without = facet === "state" ? { ...filters, state: "all" as const } : { ...filters, [facet]: null };
  const source = riskSource({ ...without, sort: { key: "points", descending: true } }, viewer);
  const values: Record<RiskFacet, Parameters<typeof countByValue>[2]> = {
    state: { value: sql`b.state` },
    batch: { value: sql`b.batch_id`, label: sql`batch.name`, joins: sql`join batch on batch.id = b.batch_id` },
    mine: {
      value: sql`case when exists (
        select from batch_instructor bi where bi.batch_id = b.batch_id and bi.user_id = ${viewer.id}) then 'me' end`,
    },
    fact: {
      value: sql`signal ->> 'kind'`,
      joins: sql`join lateral (
        select signal from jsonb_array_elements(b.signals) signal where (signal ->> 'points')::int > 0) hit on true`,
    },
    answer: { value: sql`case when ${isAnswered} then 'given' else 'open' end` },
  };
  return countByValue(db, source, values[facet]);
}

/** One student's standing with every fact, the history of bands and the answers, for the panel and the student's page. */
export type RiskDetail = Omit<RiskListRow, "before"> & {
  instructorIds: number[];
  history: { state: RiskState; points: number; from: DateString; to: DateString | null }[];
  answers: (RiskAnswerGiven & { endedAt: string | null })[];
};

const HISTORY_ROWS = 12;

/** Null for whoever has no band: not in class, or not checked yet. */
export async function getRisk(db: Db, studentId: number): Promise<RiskDetail | null> {
  const [row] = await db.execute<{ detail: RiskDetail }>(sql`
    select json_build_object('id', b.student_id, 'name', u.name, 'batchId', b.batch_id, 'batchName', batch.name,
      'state', b.state, 'points', b.points, 'since', b.from_date, 'checkedAt', b.checked_at, 'signals', b.signals,
      'answer', ${answerOf},
      'instructorIds', (
        select coalesce(json_agg(bi.user_id), '[]') from batch_instructor bi where bi.batch_id = b.batch_id),
      'history', (
        select json_agg(json_build_object('state', h.state, 'points', h.points, 'from', h.from_date, 'to', h.to_date)
          order by h.from_date desc)
        from (
          select * from risk_band where student_id = b.student_id order by from_date desc limit ${HISTORY_ROWS}
        ) h),
      'answers', (
        select coalesce(json_agg(json_build_object('response', z.response, 'reason', z.reason, 'until', z.until_date,
          'by', author.name, 'at', z.created_at, 'endedAt', z.ended_at) order by z.created_at desc), '[]')
        from (
          select * from risk_snooze where student_id = b.student_id order by created_at desc limit ${HISTORY_ROWS}
        ) z join "user" author on author.id = z.author_id)
    ) as detail
    from risk_band b
    join "user" u on u.student_id = b.student_id
    join batch on batch.id = b.batch_id
    where b.student_id = ${studentId} and b.to_date is null`);
  return row?.detail ?? null;
}
