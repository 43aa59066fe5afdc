import { parseAsStringLiteral } from "nuqs/server";
import { type SessionPeriod, sessionPeriods, sessionSortKeys, sessionStates } from "@/db/enums";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";

const PERIOD_WORDS: Record<SessionPeriod, string> = { upcoming: "upcoming", past: "past", all: "all" };

export const demoSessionsList = defineList({
  name: "demo-sessions",
  path: "/admin/demo-sessions",
  noun: ["demo session", "demo sessions"],
  search: "Search title",
  sortKeys: sessionSortKeys,
  defaultSort: { key: "nearest", descending: false },
  orders: { nearest: ["Nearest first", "Nearest last"] },
  filters: {
    period: {
      label: "Period",
      parser: parseAsStringLiteral(sessionPeriods).withDefault("upcoming"),
      all: "all",
      words: (period: SessionPeriod) => PERIOD_WORDS[period],
    },
    state: { label: "State", parser: parseAsStringLiteral(sessionStates) },
    batch: { label: "Batch", parser: parseAsId },
  },
  columns: {
    date: "Date",
    time: "Time",
    title: "Title",
    batch: "Batch",
    state: "State",
    places: "Places",
    limit: "Limit",
    waiting: "Waiting",
    presented: "Presented",
    noShow: "No-show",
    meeting: "Meeting",
  },
  hidden: ["limit", "noShow"],
});
