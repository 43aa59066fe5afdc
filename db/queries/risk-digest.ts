import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { RiskState } from "@/db/enums";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";
import { badness } from "./risk-changes";

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
 * How the students of a batch changed from the morning of `from` to that of `to`, dates of the academy; null when there
 * is no such batch. Who had no band then, or has none now, is no change.
 */
export async function getRiskDigest(
  db: Db,
  batchId: number,
  { from, to }: { from: DateString; to: DateString },
): Promise<RiskDigest | null> {
  const [row] = await db.execute<RiskDigest>(sql`
    select b.name as "batchName", (
      select coalesce(json_agg(json_build_object('studentId', u.student_id, 'name', u.name, 'before', former.state,
          'state', band.state, 'signals', (
            select coalesce(json_agg(signal), '[]') from jsonb_array_elements(band.signals) signal
            where (signal ->> 'points')::int > 0))
          order by ${badness(sql`band.state`)} desc, band.points desc, lower(u.name)), '[]')
      from risk_band band
      join risk_band former on former.student_id = band.student_id
        and former.from_date <= ${from}::date and (former.to_date is null or former.to_date > ${from}::date)
      join "user" u on u.student_id = band.student_id
      where band.batch_id = b.id and band.from_date > ${from}::date and band.from_date <= ${to}::date
        and (band.to_date is null or band.to_date > ${to}::date)
        and ${badness(sql`band.state`)} <> ${badness(sql`former.state`)}
    ) as changes
    from batch b where b.id = ${batchId}`);
  return row ?? null;
}
