"use client";

import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { syncRunsList } from "@/lib/lists/sync-runs";
import type { RunRow } from "./run-row";
import { runColumns } from "./runs-table-columns";

export function RunsTable(props: ListPage<RunRow>) {
  return (
    <ListView
      {...props}
      list={syncRunsList}
      columns={runColumns}
      rowId={(run) => run.id}
      rowName={(run) => `Sync of ${run.scope}, ${run.started.exact}`}
      opens={(run) => `/admin/sync/${run.id}`}
      empty={<Empty title="No sync has run yet">The first one starts tonight, or when somebody asks for it.</Empty>}
    />
  );
}
