import { parseAsStringLiteral } from "nuqs/server";
import { accountStates, enrolmentStatuses, roles, userSortKeys, type WakatimeState, wakatimeStates } from "@/db/enums";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";
import { WAKATIME_WORDS } from "./words";

export const usersList = defineList({
  name: "users",
  path: "/admin/users",
  noun: ["user", "users"],
  search: "Search name or e-mail",
  sortKeys: userSortKeys,
  defaultSort: { key: "name", descending: false },
  filters: {
    role: { label: "Role", parser: parseAsStringLiteral(roles) },
    batch: { label: "Batch", parser: parseAsId },
    status: { label: "Enrolment", parser: parseAsStringLiteral(enrolmentStatuses) },
    wakatime: {
      label: "WakaTime",
      parser: parseAsStringLiteral(wakatimeStates),
      words: (state: WakatimeState) => WAKATIME_WORDS[state],
    },
    account: { label: "Account", parser: parseAsStringLiteral(accountStates) },
  },
  columns: {
    name: "Name",
    email: "E-mail",
    role: "Role",
    batch: "Batch",
    week: "Last 7 days",
    average: "Daily average",
    wakatime: "WakaTime",
    joined: "Joined",
    signedIn: "Last sign-in",
  },
  hidden: ["joined"],
});
