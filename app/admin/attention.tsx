import { RiskChanges } from "@/components/student/risk-changes";
import type { RiskChanges as Changes } from "@/db/queries/risk-changes";
import { riskList } from "@/lib/lists/risk";
import { RISK_STATE_WORDS, signalLink } from "@/lib/lists/risk-words";

/** What changed for the worse, of everybody or of the students that the viewer teaches. */
export function Attention({ attention, mine }: { attention: Changes; mine: boolean }) {
  const own = mine ? { mine: "me" as const } : {};
  return (
    <RiskChanges
      attention={attention}
      list={{
        all: riskList.href(own),
        act: riskList.href({ ...own, state: "act" }),
        watch: riskList.href({ ...own, state: "watch" }),
      }}
      words={{
        state: RISK_STATE_WORDS,
        facts: ({ id, signals }) => signals.map((signal) => signalLink(id, signal)),
      }}
    />
  );
}
