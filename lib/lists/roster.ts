import { defineList } from "./definition";
import { studentsList } from "./students";

const { project, status, wakatime, batch } = studentsList.filters;
const { batch: _batch, ...columns } = studentsList.columns;

/** A batch's students: the students list with the batch fixed. Which batch rides along in the addresses of its API. */
export const rosterList = defineList({
  name: "roster",
  path: "/admin/batches",
  noun: studentsList.noun,
  search: studentsList.search,
  sortKeys: ["name", "joined"],
  defaultSort: studentsList.defaultSort as { key: "name"; descending: boolean },
  filters: { status, project, wakatime, batch },
  columns,
  hidden: studentsList.hidden?.filter((id) => id !== "batch") ?? [],
});

/** The roster as the page of one batch shows it: the batch is no filter there that somebody could take away. */
export function rosterOf(batchId: number) {
  const { batch: _fixed, ...filters } = rosterList.filters;
  const path = `${rosterList.path}/${batchId}`;
  return {
    ...rosterList,
    path,
    filters,
    href: (values: Parameters<typeof rosterList.href>[0]) => rosterList.href({ ...values, batch: null }, path),
    query: (values: Parameters<typeof rosterList.query>[0]) => rosterList.query({ ...values, batch: batchId }),
  };
}
