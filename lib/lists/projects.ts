import { parseAsStringLiteral } from "nuqs/server";
import { projectSortKeys, projectStatuses } from "@/db/enums";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";

export const projectsList = defineList({
  name: "projects",
  path: "/admin/projects",
  noun: ["project", "projects"],
  search: "Search name",
  sortKeys: projectSortKeys,
  defaultSort: { key: "starts", descending: true },
  filters: {
    batch: { label: "Batch", parser: parseAsId },
    status: { label: "Status", parser: parseAsStringLiteral(projectStatuses) },
    mine: { label: "Taught by", parser: parseAsStringLiteral(["me"]), words: () => "me" },
  },
  columns: {
    name: "Project",
    batch: "Batch",
    status: "Status",
    starts: "Starts",
    ends: "Ends",
    students: "Students",
    completed: "Completed",
    happyHour: "Happy hour",
  },
});
