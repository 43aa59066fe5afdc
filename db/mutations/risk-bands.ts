import { type SQL, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { badness } from "@/db/queries/risk-changes";
import { RISK_CHECKED_SETTING, type RiskPlan } from "@/db/queries/risk-facts";
import type { Assessment } from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";

type Check = {
  batchId: number;
  /** The academy's date that changes are dated by. */
  today: DateString;
  checkedAt: Date;
};

/** Ends the rows that `b` names: a day's own first word is taken back, an older one is closed. */
const endBands = (which: SQL, today: DateString): SQL => sql`
  ended as (delete from risk_band b where b.to_date is null and b.from_date >= ${today}::date and ${which} returning b.student_id),
  closed as (
    update risk_band b set to_date = ${today}::date
    where b.to_date is null and b.from_date < ${today}::date and ${which} returning b.student_id)`;

/**
 * Writes down how the students of a batch stand: a new row where the band changed, the same row otherwise, so that the
 * check of a day can be done again and again. Whoever is no longer in class has no band. An answer of staff ends with
 * its day, when the band gets worse, and, for what was resolved, when it changes. Returns how many bands changed.
 */
export const storeRiskBands = (db: Database, check: Check, found: readonly Assessment[]): Promise<number> =>
  db.transaction(async (tx) => {
    // One check of a batch at a time, from whichever worker.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('risk'), ${check.batchId}::int)`);
    const { today, batchId } = check;
    const at = sql`${check.checkedAt.toISOString()}::timestamptz`;
    const rows = JSON.stringify(found.map(({ studentId, ...each }) => ({ student_id: studentId, ...each })));
    const given = sql`given as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as g(student_id int, state risk_state, points smallint, signals jsonb)
    )`;
    await tx.execute(sql`
      with ${given}, ${endBands(
        sql`b.batch_id = ${batchId} and not exists (select from given g where g.student_id = b.student_id)`,
        today,
      )} select`);
    const changed = await tx.execute(sql`
      with ${given}, closed as (
        update risk_band b set to_date = ${today}::date from given g
        where b.student_id = g.student_id and b.to_date is null and b.from_date < ${today}::date and b.state <> g.state
        returning b.student_id)
      select student_id from closed`);
    await takeBackToday(tx, given, today);
    await tx.execute(sql`
      with ${given}
      insert into risk_band as b (student_id, batch_id, state, points, signals, from_date, checked_at)
      select g.student_id, ${batchId}, g.state, g.points, g.signals, ${today}::date, ${at} from given g
      on conflict (student_id) where to_date is null do update
        set batch_id = excluded.batch_id, state = excluded.state, points = excluded.points, signals = excluded.signals,
          checked_at = excluded.checked_at`);
    await endAnswers(
      tx,
      // Of who stands in this batch now: one who moved away keeps the answer until the other batch is checked.
      sql`exists (select from risk_band b where b.student_id = z.student_id and b.batch_id = ${batchId} and b.to_date is null)`,
      today,
    );
    return changed.length;
  });

/** A day's word that is taken back by another check of the same day leaves the row before as it was, and no change. */
async function takeBackToday(tx: Db, given: SQL, today: DateString): Promise<void> {
  const back: { id: number }[] = await tx.execute<{ id: number }>(sql`
    with ${given}, gone as (
      delete from risk_band b using given g, risk_band former
      where b.student_id = g.student_id and b.to_date is null and b.from_date = ${today}::date and b.state <> g.state
        and former.student_id = b.student_id and former.to_date = ${today}::date and former.state = g.state
      returning former.id)
    select id from gone`);
  if (back.length === 0) return;
  const ids = `{${back.map(({ id }) => id).join(",")}}`;
  await tx.execute(sql`update risk_band set to_date = null where id = any(${ids}::int[])`);
}

/**
 * Answers that say nothing any more, of the students that `z` names. An answer to a bad band is none to it when it comes
 * again after a better one. Where nothing is known, an answer stays as it is.
 */
async function endAnswers(tx: Db, whose: SQL, today: DateString): Promise<void> {
  await tx.execute(sql`
    update risk_snooze z set state = b.state from risk_band b
    where z.ended_at is null and z.response <> 'resolved' and ${whose} and b.student_id = z.student_id
      and b.to_date is null and b.state <> 'no_data' and ${badness(sql`b.state`)} < ${badness(sql`z.state`)}`);
  await tx.execute(sql`
    update risk_snooze z set ended_at = now()
    where z.ended_at is null and ${whose} and (
      z.until_date < ${today}::date
      or not exists (
        select from risk_band b where b.student_id = z.student_id and b.to_date is null
          and ${badness(sql`b.state`)} <= ${badness(sql`z.state`)}
          and (z.response <> 'resolved' or b.state in (z.state, 'no_data'))))`);
}

/** The day's check is done: students of batches that run no more stand nowhere, and it is noted which day it was. */
export const finishRiskCheck = (
  db: Database,
  { batchIds, today, thresholdsVersion }: Pick<RiskPlan, "batchIds" | "today" | "thresholdsVersion">,
): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`
      with ${endBands(sql`b.batch_id <> all(${`{${batchIds.join(",")}}`}::int[])`, today)} select`);
    await endAnswers(tx, sql`true`, today);
    await tx.execute(sql`
      insert into setting (key, value)
      values (${RISK_CHECKED_SETTING}, ${JSON.stringify({ on: today, thresholdsVersion })}::jsonb)
      on conflict (key) do update set value = excluded.value, updated_at = now()`);
  });
