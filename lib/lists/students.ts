import { parseAsStringLiteral } from "nuqs/server";
import {
  type StudentStateFilter,
  studentSortKeys,
  studentStateFilters,
  type WakatimeState,
  wakatimeStates,
} from "@/db/enums";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";
import { STUDENT_STATE_WORDS, WAKATIME_WORDS } from "./words";

export const studentsList = defineList({
  name: "students",
  path: "/admin/students",
  noun: ["student", "students"],
  search: "Search name or e-mail",
  sortKeys: studentSortKeys,
  defaultSort: { key: "name", descending: false },
  filters: {
    status: {
      label: "Status",
      parser: parseAsStringLiteral(studentStateFilters).withDefault("active"),
      all: "all",
      words: (state: StudentStateFilter) => STUDENT_STATE_WORDS[state],
    },
    batch: { label: "Batch", parser: parseAsId },
    mine: { label: "Taught by", parser: parseAsStringLiteral(["me"]), words: () => "me" },
    project: { label: "Project", parser: parseAsId },
    wakatime: {
      label: "WakaTime",
      parser: parseAsStringLiteral(wakatimeStates),
      words: (state: WakatimeState) => WAKATIME_WORDS[state],
    },
  },
  columns: {
    name: "Name",
    batch: "Batch",
    status: "Status",
    project: "Project",
    week: "Last 7 days",
    average: "Daily average",
    coded: "Last coding day",
    wakatime: "WakaTime",
    certificates: "Certificates",
    demos: "Demos",
    joined: "Joined",
    email: "E-mail",
    phone: "Phone",
    zone: "Time zone",
  },
  hidden: ["coded", "joined", "email", "phone", "zone"],
});
