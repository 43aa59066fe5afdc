"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { ListTable } from "@/components/data-table/list-table";
import { Empty } from "@/components/ui/empty";
import { syncRunScopes } from "@/db/enums";
import type { RunRow } from "./run-row";
import { runColumns } from "./runs-table-columns";
import { syncRunParams } from "./search-params";

const SCOPES = { everybody: "Of everybody", batch: "Of a batch", student: "Of one student" };

export function RunsTable({ rows, total, page }: { rows: RunRow[]; total: number; page: number }) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(syncRunParams, { shallow: false, history: "push", startTransition });
  const { scope, sort, size } = params;
  return (
    <>
      <label className="mb-3 flex items-center gap-2">
        <span className="sr-only">Students of the run</span>
        <select
          className="control"
          value={scope ?? ""}
          onChange={(event) =>
            void setParams({ scope: syncRunScopes.find((each) => each === event.target.value) ?? null, page: null })
          }
        >
          <option value="">All runs</option>
          {syncRunScopes.map((each) => (
            <option key={each} value={each}>
              {SCOPES[each]}
            </option>
          ))}
        </select>
      </label>
      <ListTable
        label="Sync runs"
        noun={["run", "runs"]}
        columns={runColumns}
        rows={rows}
        total={total}
        page={page}
        size={size}
        sort={sort}
        pending={pending}
        onChange={(change) => void setParams(change)}
        empty={
          scope ? (
            <Empty title="No run of this kind">
              <button
                type="button"
                className="underline underline-offset-2"
                onClick={() => void setParams({ scope: null, page: null })}
              >
                Show all runs
              </button>
            </Empty>
          ) : (
            <Empty title="No sync has run yet">The first one starts tonight, or when somebody asks for it.</Empty>
          )
        }
      />
    </>
  );
}
