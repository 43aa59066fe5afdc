import { parseAsStringLiteral } from "nuqs/server";
import { type RiskSignalKind, type RiskStateFilter, riskSignalKinds, riskSortKeys, riskStateFilters } from "@/db/enums";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";
import { RISK_SIGNAL_WORDS, RISK_STATE_WORDS } from "./risk-words";

const ANSWERS = { open: "nobody yet", given: "somebody" } as const;

export const riskList = defineList({
  name: "early-warning",
  path: "/admin/early-warning",
  noun: ["student", "students"],
  search: "Search name",
  sortKeys: riskSortKeys,
  defaultSort: { key: "points", descending: true },
  filters: {
    state: {
      label: "Band",
      parser: parseAsStringLiteral(riskStateFilters).withDefault("attention"),
      all: "all",
      words: (state: RiskStateFilter) =>
        state === "attention" ? "watch or act" : state === "all" ? "all" : RISK_STATE_WORDS[state],
    },
    batch: { label: "Batch", parser: parseAsId },
    mine: { label: "Taught by", parser: parseAsStringLiteral(["me"]), words: () => "me" },
    fact: {
      label: "Because",
      parser: parseAsStringLiteral(riskSignalKinds),
      words: (kind: RiskSignalKind) => RISK_SIGNAL_WORDS[kind],
    },
    answer: {
      label: "Answered by",
      parser: parseAsStringLiteral(["open", "given"]),
      words: (answer: keyof typeof ANSWERS) => ANSWERS[answer],
    },
  },
  columns: {
    name: "Name",
    batch: "Batch",
    state: "Band",
    points: "Points",
    facts: "Because",
    since: "Since",
    answer: "Answer",
  },
});
