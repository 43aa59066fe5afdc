"use client";

import Link from "next/link";
import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { batchesList } from "@/lib/lists/batches";
import { type BatchRow, batchColumns } from "./batches-table-columns";

type Props = ListPage<BatchRow> & { canCreate: boolean };

export function BatchesTable({ canCreate, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={batchesList}
      columns={batchColumns}
      rowId={(batch) => batch.id}
      rowName={(batch) => batch.name}
      opens={(batch) => `/admin/batches/${batch.id}`}
      empty={
        <Empty title="No batches">
          A batch is a cohort with dates; students join it with its registration key. Archived ones show once the filter
          is taken away.{" "}
          {canCreate ? (
            <Link href="/admin/batches/new" prefetch={false} className="underline underline-offset-2">
              Create one
            </Link>
          ) : null}
        </Empty>
      }
    />
  );
}
