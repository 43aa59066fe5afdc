import { createLoader, createParser, parseAsStringLiteral } from "nuqs/server";
import { connectionStatuses, syncOutcomeKinds, syncStudentSortKeys } from "@/db/enums";
import { parseAsId, tableParams } from "@/lib/table-params";

const parseAsReason = createParser({
  parse: (value) => value.replaceAll("\0", ""),
  serialize: (value: string) => value,
});

/** The whole state of the list of connected students, shared by the page and its table. */
export const syncStudentParams = {
  ...tableParams(syncStudentSortKeys, { key: "name", descending: false }),
  state: parseAsStringLiteral(connectionStatuses),
  batch: parseAsId,
  /** The students behind an outcome of a run: its id, how it ended, and the reason, empty for those without one. */
  run: parseAsId,
  outcome: parseAsStringLiteral(syncOutcomeKinds),
  reason: parseAsReason,
};

export const loadSyncStudentParams = createLoader(syncStudentParams);
