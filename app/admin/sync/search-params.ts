import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { syncRunScopes, syncRunSortKeys } from "@/db/enums";
import { tableParams } from "@/lib/table-params";

/** The whole state of the list of runs, shared by the page and its table. */
export const syncRunParams = {
  ...tableParams(syncRunSortKeys, { key: "started", descending: true }),
  scope: parseAsStringLiteral(syncRunScopes),
};

export const loadSyncRunParams = createLoader(syncRunParams);
