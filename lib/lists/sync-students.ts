import { createParser, parseAsStringLiteral } from "nuqs/server";
import {
  type ConnectionStatus,
  connectionStatuses,
  type SyncOutcomeKind,
  syncOutcomeKinds,
  syncStudentSortKeys,
} from "@/db/enums";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";
import { WAKATIME_WORDS } from "./words";

const parseAsReason = createParser({
  parse: (value: string) => value.replaceAll("\0", ""),
  serialize: (value: string) => value,
});

/** `/admin/sync/students`: everybody with a link, or those behind an outcome of a run, to whom its page links. */
export const syncStudentsList = defineList({
  name: "sync-students",
  path: "/admin/sync/students",
  noun: ["student", "students"],
  search: "Search name",
  sortKeys: syncStudentSortKeys,
  defaultSort: { key: "name", descending: false },
  filters: {
    state: {
      label: "Link",
      parser: parseAsStringLiteral(connectionStatuses),
      words: (state: ConnectionStatus) => WAKATIME_WORDS[state],
    },
    batch: { label: "Batch", parser: parseAsId },
    run: { label: "This sync", parser: parseAsId, kind: "linked" },
    outcome: {
      label: "Outcome",
      parser: parseAsStringLiteral<SyncOutcomeKind>(syncOutcomeKinds),
      kind: "linked",
      refines: "run",
    },
    /** Empty for those without one. */
    reason: { label: "Reason", parser: parseAsReason, kind: "linked", refines: "run" },
  },
  columns: {
    name: "Name",
    batch: "Batch",
    freshness: "Link",
    synced: "Last synced",
    outcome: "Last outcome",
    error: "Last error",
  },
});
