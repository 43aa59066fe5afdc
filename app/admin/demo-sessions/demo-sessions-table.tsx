"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { demoSessionsList } from "@/lib/lists/demo-sessions";
import { type DemoSessionRow, demoSessionColumns } from "./demo-sessions-table-columns";

type Props = {
  rows: DemoSessionRow[];
  total: number;
  page: number;
  batchName: string | null;
  chosen?: string[] | undefined;
  panel?: ReactNode;
  panelTitle?: string | undefined;
};

export function DemoSessionsTable({ batchName, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={demoSessionsList}
      columns={demoSessionColumns}
      rowId={(session) => session.id}
      rowName={(session) => `${session.title} on ${session.date}`}
      words={{ batch: batchName }}
      opens="panel"
      empty={
        <Empty title="No demo session is coming up">
          <Link href="/admin/demo-sessions/new" prefetch={false} className="underline underline-offset-2">
            Create one
          </Link>
          , or{" "}
          <Link href="/admin/demo-sessions/bulk" prefetch={false} className="underline underline-offset-2">
            several at once
          </Link>
          . Past ones show once the filter is taken away.
        </Empty>
      }
    />
  );
}
