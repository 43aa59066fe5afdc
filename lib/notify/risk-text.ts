import type { RiskDigest } from "@/db/queries/risk-digest";
import { formatDate } from "@/lib/format";
import { riskList } from "@/lib/lists/risk";
import { RISK_SIGNAL_WORDS, RISK_STATE_WORDS, signalWords } from "@/lib/lists/risk-words";
import type { MailText } from "./mail-texts";

const MOST_NAMED = 20;

const lineOf = ({ name, before, state, signals }: RiskDigest["changes"][number]): string => {
  const facts = signals.map((signal) => `${RISK_SIGNAL_WORDS[signal.kind]}: ${signalWords(signal).number}`);
  return `${name}: ${RISK_STATE_WORDS[before]} → ${RISK_STATE_WORDS[state]}${facts.length > 0 ? ` (${facts.join("; ")})` : ""}`;
};

/** What changed in a batch within a week: only that, and not all who stand badly anyway. */
export function riskDigestText({ batchName, changes }: RiskDigest, batchId: number, to: string): MailText {
  const more = changes.length - MOST_NAMED;
  return {
    subject: `Early warning: ${changes.length} ${changes.length === 1 ? "change" : "changes"} in ${batchName}`,
    paragraphs: [
      `Who stands otherwise in ${batchName} than a week before ${formatDate(to)}, and why:`,
      ...changes.slice(0, MOST_NAMED).map(lineOf),
      ...(more > 0 ? [`And ${more} more.`] : []),
    ],
    action: { label: "See all facts, and answer", path: riskList.href({ batch: batchId }) },
    closing: ["Each fact is shown there with its number and its threshold. Nothing else was weighed."],
  };
}
