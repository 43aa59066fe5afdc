import type { RiskState } from "@/db/enums";
import type { RiskAnswerGiven, RiskListRow } from "@/db/queries/risk-list";
import { formatDate } from "@/lib/format";
import { RISK_RESPONSE_WORDS, signalLink } from "@/lib/lists/risk-words";

/** A row as the table shows one, in words already, so that server and browser agree. */
export type RiskRow = {
  id: number;
  name: string;
  batch: string;
  state: RiskState;
  before: RiskState | null;
  points: number;
  facts: { text: string; path: string }[];
  since: string;
  answer: string | null;
};

/** `snoozed until 3 Jul 2026`, `talked to them, quiet until …`, `resolved`. */
export function answerWords({ response, until }: Pick<RiskAnswerGiven, "response" | "until">): string {
  const words = RISK_RESPONSE_WORDS[response];
  if (!until) return words;
  return response === "snoozed" ? `${words} until ${formatDate(until)}` : `${words}, quiet until ${formatDate(until)}`;
}

export const toRiskRow = (row: RiskListRow): RiskRow => ({
  id: row.id,
  name: row.name,
  batch: row.batchName,
  state: row.state,
  before: row.before,
  points: row.points,
  facts: row.signals.map((signal) => signalLink(row.id, signal)),
  since: formatDate(row.since),
  answer: row.answer && `${answerWords(row.answer)} (${row.answer.by})`,
});
