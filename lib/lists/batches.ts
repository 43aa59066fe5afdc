import { parseAsStringLiteral } from "nuqs/server";
import { type BatchStateFilter, batchSortKeys, batchStateFilters, type KeyState, keyStates } from "@/db/enums";
import { defineList } from "./definition";
import { KEY_STATE_WORDS } from "./words";

const STATE_WORDS: Partial<Record<BatchStateFilter, string>> = {
  unarchived: "not archived",
  all: "all, archived too",
};

export const batchesList = defineList({
  name: "batches",
  path: "/admin/batches",
  noun: ["batch", "batches"],
  search: "Search by name",
  sortKeys: batchSortKeys,
  defaultSort: { key: "start", descending: true },
  filters: {
    state: {
      label: "State",
      parser: parseAsStringLiteral(batchStateFilters).withDefault("unarchived"),
      all: "all",
      words: (state: BatchStateFilter) => STATE_WORDS[state] ?? state,
    },
    mine: { label: "Taught by", parser: parseAsStringLiteral(["me"]), words: () => "me" },
    key: {
      label: "Key",
      parser: parseAsStringLiteral(keyStates),
      words: (state: KeyState) => KEY_STATE_WORDS[state],
    },
  },
  columns: {
    name: "Name",
    start: "Starts",
    end: "Ends",
    progress: "Progress",
    students: "Students",
    capacity: "Capacity",
    median: "Median, 7 days",
    instructors: "Instructors",
    state: "State",
    key: "Key",
  },
  hidden: ["capacity"],
});
