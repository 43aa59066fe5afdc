"use client";

import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { riskList } from "@/lib/lists/risk";
import type { RiskRow } from "./risk-row";
import { riskColumns } from "./risk-table-columns";

type Props = ListPage<RiskRow> & { batchName: string | null; checked: boolean };

export function RiskTable({ batchName, checked, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={riskList}
      columns={riskColumns}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      words={{ batch: batchName }}
      opens="panel"
      empty={
        checked ? (
          <Empty title="Nobody needs attention">As far as is known: the facts of every student are under “all”.</Empty>
        ) : (
          <Empty title="No check yet">
            Every morning from six o’clock the facts of all students in class are looked at. The first results stand
            here after that.
          </Empty>
        )
      }
    />
  );
}
