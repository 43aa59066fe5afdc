import type { RiskDigest } from "@/db/queries/risk-digest";
import { formatDate } from "@/lib/format";
import { riskList } from "@/lib/lists/risk";
import { RISK_STATE_WORDS, signalLink } from "@/lib/lists/risk-words";
import type { MailParagraph, MailText } from "./mail-texts";

const MOST_NAMED = 20;

/** Who, from which band to which, and each fact with the way to where it can be looked at. */
function lineOf({ studentId, name, before, state, signals }: RiskDigest["changes"][number]): MailParagraph {
  const head = `${name}: ${RISK_STATE_WORDS[before]} → ${RISK_STATE_WORDS[state]}`;
  if (signals.length === 0) return head;
  const facts = signals.flatMap((signal, place) => [...(place > 0 ? ["; "] : []), signalLink(studentId, signal)]);
  return [`${head} (`, ...facts, ")"];
}

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
