import { parseAsStringLiteral } from "nuqs/server";
import { type SyncRunScope, syncRunScopes, syncRunSortKeys } from "@/db/enums";
import { defineList } from "./definition";

const SCOPE_WORDS: Record<SyncRunScope, string> = {
  everybody: "everybody",
  batch: "a batch",
  student: "one student",
};

export const syncRunsList = defineList({
  name: "sync-runs",
  path: "/admin/sync",
  noun: ["sync run", "sync runs"],
  search: null,
  sortKeys: syncRunSortKeys,
  defaultSort: { key: "started", descending: true },
  filters: {
    scope: {
      label: "Runs of",
      parser: parseAsStringLiteral(syncRunScopes),
      words: (scope: SyncRunScope) => SCOPE_WORDS[scope],
    },
  },
  columns: {
    started: "Started",
    state: "State",
    asker: "Asked by",
    scope: "Students",
    window: "Days",
    synced: "Synced",
    failed: "Failed",
    skipped: "Skipped",
    daysWritten: "Days changed",
    duration: "Took",
  },
});
