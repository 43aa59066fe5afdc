"use client";

import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { auditList } from "@/lib/lists/audit";
import { type AuditRow, auditColumns } from "./audit-table-columns";

type Props = ListPage<AuditRow> & { actorName: string | null };

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
