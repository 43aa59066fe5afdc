"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { FacetMenu } from "@/components/data-table/facet-menu";
import { type Chip, FilterChips } from "@/components/data-table/filter-chips";
import { ListTable } from "@/components/data-table/list-table";
import { SearchBox } from "@/components/data-table/search-box";
import { Empty } from "@/components/ui/empty";
import { connectionStatuses } from "@/db/enums";
import { syncStudentParams } from "./search-params";
import type { StudentRow } from "./student-row";
import { studentColumns } from "./students-table-columns";

const STATES = { active: "Connected", needs_reconnect: "Reconnect needed", scope_missing: "Permission missing" };

type Props = { rows: StudentRow[]; total: number; page: number; batchName: string | null; outcomeName: string };

const NO_RUN = { run: null, outcome: null, reason: null };

export function StudentsTable({ rows, total, page, batchName, outcomeName }: Props) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(syncStudentParams, { shallow: false, history: "push", startTransition });
  const { q, state, batch, run, sort, size } = params;
  // The first search makes an entry in the history, the next ones replace it: Back undoes it as one step.
  const search = (value: string) =>
    void setParams({ q: value || null, page: null }, { history: q ? "replace" : "push" });
  const clear = () => void setParams({ q: null, state: null, batch: null, ...NO_RUN, page: null });

  const chips: Chip[] = [];
  if (run) {
    const label = `This sync: ${outcomeName}`;
    chips.push({ key: "run", label, onRemove: () => void setParams({ ...NO_RUN, page: null }) });
  }
  if (q) chips.push({ key: "q", label: `“${q}”`, onRemove: () => search("") });
  if (state) {
    chips.push({ key: "state", label: STATES[state], onRemove: () => void setParams({ state: null, page: null }) });
  }
  if (batch) {
    const label = `Batch: ${batchName ?? "unknown"}`;
    chips.push({ key: "batch", label, onRemove: () => void setParams({ batch: null, page: null }) });
  }

  return (
    <>
      <div className="mb-3 grid gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox label="Search name" value={q} onSearch={search} />
          <label className="flex items-center gap-2">
            <span className="sr-only">State of the link</span>
            <select
              className="control"
              value={state ?? ""}
              onChange={(event) =>
                void setParams({
                  state: connectionStatuses.find((each) => each === event.target.value) ?? null,
                  page: null,
                })
              }
            >
              <option value="">Any state</option>
              {connectionStatuses.map((each) => (
                <option key={each} value={each}>
                  {STATES[each]}
                </option>
              ))}
            </select>
          </label>
          <FacetMenu
            label="Batch"
            source="/api/batches/options"
            onPick={(value) => void setParams({ batch: Number(value), page: null })}
          />
        </div>
        <FilterChips chips={chips} onClear={clear} />
      </div>
      <ListTable
        label={run ? "Students of a sync" : "Connected students"}
        noun={["student", "students"]}
        columns={studentColumns}
        rows={rows}
        total={total}
        page={page}
        size={size}
        sort={sort}
        pending={pending}
        onChange={(change) => void setParams(change)}
        empty={
          chips.length > 0 ? (
            <Empty title={`No ${run ? "" : "connected "}student matches these filters`}>
              <button type="button" className="underline underline-offset-2" onClick={clear}>
                Clear all filters
              </button>
            </Empty>
          ) : (
            <Empty title="No student is connected yet">Students connect WakaTime in their own portal.</Empty>
          )
        }
      />
    </>
  );
}
