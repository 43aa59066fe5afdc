import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { sessionPeriods, sessionSortKeys } from "@/db/enums";
import { tableParams } from "@/lib/table-params";

/** The whole state of the demo sessions list, shared by the page and its table. */
export const demoSessionParams = {
  ...tableParams(sessionSortKeys, { key: "date", descending: false }),
  period: parseAsStringLiteral(sessionPeriods).withDefault("upcoming"),
};

export const loadDemoSessionParams = createLoader(demoSessionParams);
