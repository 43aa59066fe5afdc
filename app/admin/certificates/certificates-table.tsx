"use client";

import Link from "next/link";
import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { certificatesList } from "@/lib/lists/certificates";
import { type CertificateRow, certificateColumns } from "./certificates-table-columns";

type Props = ListPage<CertificateRow> & { batchName: string | null };

export function CertificatesTable({ batchName, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={certificatesList}
      columns={certificateColumns}
      rowId={(certificate) => certificate.id}
      rowName={(certificate) => `${certificate.name} of ${certificate.student}`}
      words={{ batch: batchName }}
      opens="panel"
      empty={
        <Empty title="No certificates yet">
          <Link href="/admin/certificates/issue" prefetch={false} className="underline underline-offset-2">
            Issue one to the graduates of a batch
          </Link>
          , or record what a student earned elsewhere.
        </Empty>
      }
    />
  );
}
