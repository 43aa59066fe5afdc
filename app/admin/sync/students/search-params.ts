import { createLoader, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import { connectionStatuses, syncStudentSortKeys } from "@/db/enums";
import { tableParams } from "@/lib/table-params";

/** The whole state of the list of connected students, shared by the page and its table. */
export const syncStudentParams = {
  ...tableParams(syncStudentSortKeys, { key: "name", descending: false }),
  state: parseAsStringLiteral(connectionStatuses),
  batch: parseAsInteger,
};

export const loadSyncStudentParams = createLoader(syncStudentParams);
