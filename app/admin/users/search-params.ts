import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { roles, userSortKeys } from "@/db/enums";
import { parseAsId, tableParams } from "@/lib/table-params";

/** The whole state of the users list, shared by the page and its table. */
export const userParams = {
  ...tableParams(userSortKeys, { key: "name", descending: false }),
  role: parseAsStringLiteral(roles),
  batch: parseAsId,
};

export const loadUserParams = createLoader(userParams);
