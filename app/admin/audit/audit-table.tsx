"use client";

import type { ReactNode } from "react";
import { ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { auditList } from "@/lib/lists/audit";
import { type AuditRow, auditColumns } from "./audit-table-columns";

type Props = {
  rows: AuditRow[];
  total: number;
  page: number;
  actorName: string | null;
  chosen?: string[] | undefined;
  panel?: ReactNode;
  panelTitle?: string | undefined;
};

export function AuditTable({ actorName, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={auditList}
      columns={auditColumns}
      rowId={(event) => event.id}
      rowName={(event) => `${event.actor} ${event.action}`}
      words={{ actor: actorName }}
      opens="panel"
      empty={
        <Empty title="Nothing has happened yet">Every change by anybody, and by any job, is written down here.</Empty>
      }
    />
  );
}
