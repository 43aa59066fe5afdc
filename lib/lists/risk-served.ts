import { countRisksBy, type RiskListRow, riskSource } from "@/db/queries/risk-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { riskList } from "./risk";
import { RISK_RESPONSE_WORDS, RISK_STATE_WORDS, signalLink } from "./risk-words";
import { serve } from "./served";

export const servedRisks = serve<typeof riskList, RiskListRow>({
  list: riskList,
  allowed: (viewer) => can(actorOf(viewer), "risk.list"),
  source: riskSource,
  counts: (db, filter, values, viewer) => countRisksBy(db, filter, values, viewer),
  cells: (row) => ({
    name: row.name,
    batch: row.batchName,
    state: RISK_STATE_WORDS[row.state],
    points: row.points,
    facts: row.signals.map((signal) => signalLink(row.id, signal).text).join("; "),
    since: row.since,
    answer: row.answer ? `${RISK_RESPONSE_WORDS[row.answer.response]}: ${row.answer.reason}` : null,
  }),
});
