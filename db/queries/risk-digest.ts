import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { RiskState } from "@/db/enums";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";
import { badness, lastKnown } from "./risk-changes";

export type RiskDigest = {
  batchName: string;
  /** Who stands worse or better than before the week, as they stood at its end; the worst first. */
  changes: {
    studentId: number;
    name: string;
    before: RiskState;
    state: RiskState;
    /** Those that added points. */
    signals: RiskSignal[];
  }[];
};

/**
 * How the students of a batch changed from the morning of `from` to that of `to`, dates of the academy; null for whoever
 * does not teach it. Who had no band then, has none now, or is not known now, is no change.
 */
export async function getRiskDigest(
  db: Db,
  batchId: number,
  { from, to, readerId }: { from: DateString; to: DateString; readerId: number },
): Promise<RiskDigest | null> {
  const [row] = await db.execute<RiskDigest>(sql`
    select b.name as "batchName", (
      select coalesce(json_agg(json_build_object('studentId', u.student_id, 'name', u.name, 'before', former.state,
          'state', band.state, 'signals', (
            select coalesce(json_agg(signal), '[]') from jsonb_array_elements(band.signals) signal
            where (signal ->> 'points')::int > 0))
          order by ${badness(sql`band.state`)} desc, band.points desc, lower(u.name)), '[]')
      from risk_band band
      join lateral ${lastKnown(sql`band.student_id`, sql`${from}::date + 1`)} former on true
      join "user" u on u.student_id = band.student_id
      where band.batch_id = b.id and band.from_date > ${from}::date and band.from_date <= ${to}::date
        and (band.to_date is null or band.to_date > ${to}::date)
        and band.state <> 'no_data' and ${badness(sql`band.state`)} <> ${badness(sql`former.state`)}
    ) as changes
    from batch b
    where b.id = ${batchId} and exists (
      select from batch_instructor bi
      join "user" reader on reader.id = bi.user_id and reader.role in ('instructor', 'admin')
      where bi.batch_id = b.id and bi.user_id = ${readerId})`);
  return row ?? null;
}
