import { finishRiskCheck, storeRiskBands } from "@/db/mutations/risk-bands";
import { writeRiskDigests } from "@/db/mutations/risk-digest";
import { getRiskFacts, getRiskPlan, type RiskPlan } from "@/db/queries/risk-facts";
import { mondayOf } from "@/lib/analytics/coding-weeks";
import { assessBatch } from "@/lib/analytics/early-warning";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { askToSend } from "@/lib/notify/notify";
import { defineJob } from "./definition";

/** When the night's sync is over and nobody is at work yet, by the clocks of the academy. */
const CHECK_TIME = "06:00";

/** Not yet done today, or by thresholds that hold no more. A zone that is set back makes no second morning. */
const isDue = ({ today, time, checkedOn, outOfDate }: RiskPlan) =>
  time >= CHECK_TIME && (outOfDate || checkedOn === null || checkedOn < today);

/**
 * Every half hour: once a day, from six in the morning, how all students in class stand. A check that was interrupted is
 * done again by the next tick; what was stored already stays as it is. Those who teach a batch hear once a week of what
 * changed in it.
 */
export const riskTick = defineJob("risk-tick", async (_payload, { db, now, log, signal, enqueue }) => {
  const checkedAt = now();
  const plan = await getRiskPlan(db, checkedAt);
  const { today, thresholds, batchIds } = plan;
  if (!isDue(plan)) return;
  let [students, changed] = [0, 0];
  for (const batchId of batchIds) {
    signal.throwIfAborted();
    const facts = await getRiskFacts(db, batchId, thresholds, checkedAt, STALE_AFTER_HOURS);
    students += facts.students.length;
    const found = assessBatch(facts.students, facts.calendar, thresholds);
    changed += await storeRiskBands(db, { batchId, today, checkedAt }, found);
  }
  await finishRiskCheck(db, plan);
  const told = await writeRiskDigests(db, mondayOf(today));
  if (told > 0) await askToSend(db, enqueue);
  log.info({ students, changed, told, batches: batchIds.length }, "early warning");
});
