import { type SQL, sql } from "drizzle-orm";
import type { RiskState } from "@/db/enums";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";
import { academyZone, constant, localDay, WEEK_DAYS } from "./fragments";
import { riskCheckedOn } from "./risk-facts";

/** How students stand, and of whom that is news: who came into a worse band within a week, and nobody answered. */
export type RiskChanges = {
  /** Null before the first check. */
  checkedOn: DateString | null;
  act: number;
  watch: number;
  changes: {
    total: number;
    rows: {
      id: number;
      name: string;
      batchName: string;
      state: RiskState;
      before: RiskState;
      since: DateString;
      /** Those that added points. */
      signals: RiskSignal[];
    }[];
  };
};

/** From good to bad. That it is early is as good as any; that nothing is known is neither, and asked for nowhere here. */
export const badness = (state: SQL): SQL => sql`case ${state} when 'act' then 2 when 'watch' then 1 else 0 end`;

/**
 * How a student stood before a date, as far as anything was known: a night without a sync is no change for the better,
 * and the night after it none for the worse.
 */
export const lastKnown = (studentId: SQL, before: SQL): SQL => sql`(
  select known.state from risk_band known
  where known.student_id = ${studentId} and known.from_date < ${before} and known.state <> 'no_data'
  order by known.from_date desc limit 1)`;

/**
 * RiskChanges as JSON of the bands `b` that `which` takes, with the first `limit` changes; by idx_risk_band_state, which
 * holds the few who stand badly. Who had no band before is no change: else a first check would be a wall of them.
 */
export const riskChanges = (at: SQL, which: SQL, limit: number): SQL => sql`(
  with bad as materialized (
    select b.* from risk_band b
    join "user" u on u.student_id = b.student_id and u.shown_status = 'active' and u.disabled_at is null
    where b.to_date is null and b.state in ('watch', 'act') and ${which}
  ), news as materialized (
    select bad.*, former.state as before
    from bad
    join lateral ${lastKnown(sql`bad.student_id`, sql`bad.from_date`)} former
      on ${badness(sql`former.state`)} < ${badness(sql`bad.state`)}
    where bad.from_date > ${localDay(at, academyZone)} - ${constant(WEEK_DAYS)}
      and not exists (select from risk_snooze z where z.student_id = bad.student_id and z.ended_at is null)
  )
  select json_build_object(
    'checkedOn', ${riskCheckedOn},
    'act', (select count(*) from bad where state = 'act'),
    'watch', (select count(*) from bad where state = 'watch'),
    'changes', json_build_object('total', (select count(*) from news), 'rows', (
      select coalesce(json_agg(json_build_object('id', n.student_id, 'name', u.name, 'batchName', batch.name,
        'state', n.state, 'before', n.before, 'since', n.from_date, 'signals', (
          select coalesce(json_agg(signal), '[]') from jsonb_array_elements(n.signals) signal
          where (signal ->> 'points')::int > 0)) order by n.points desc, n.from_date desc, n.student_id), '[]')
      from (select * from news order by points desc, from_date desc, student_id limit ${constant(limit)}) n
      join "user" u on u.student_id = n.student_id
      join batch on batch.id = n.batch_id))))`;
