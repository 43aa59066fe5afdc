"use client";

import type { RowData } from "@tanstack/react-table";
import { type AnyList, orderWords } from "@/lib/lists/definition";
import { type Sort, sortText } from "@/lib/table-params";
import { PageBox } from "./page-box";
import type { DataTableInstance } from "./use-data-table";

type Props<Row extends RowData> = {
  list: AnyList;
  sort: Sort<string>;
  onSort: (sort: Sort<string>) => void;
  table: DataTableInstance<Row>;
  selectable: boolean;
};

/** What the table's header does, for those who see cards in its place: the order, and a box for the whole page. */
export function PhoneTools<Row extends RowData>({ list, sort, onSort, table, selectable }: Props<Row>) {
  const orders = list.sortKeys.flatMap((key: string) =>
    [false, true].map((descending) => ({ key, descending, words: orderWords(list, { key, descending }) })),
  );
  return (
    <div className="grid w-full gap-1 sm:hidden">
      <label className="grid gap-1 text-sm text-muted">
        Sort by
        <select
          className="control h-11 w-full"
          value={sortText(sort)}
          onChange={(event) => {
            const picked = orders.find((order) => sortText(order) === event.target.value);
            if (picked) onSort({ key: picked.key, descending: picked.descending });
          }}
        >
          {orders.map((order) => (
            <option key={sortText(order)} value={sortText(order)}>
              {order.words}
            </option>
          ))}
        </select>
      </label>
      {selectable && table.getRowModel().rows.length > 0 ? (
        <PageBox table={table} className="flex min-h-11 items-center gap-2.5 text-sm">
          Select all on this page
        </PageBox>
      ) : null}
    </div>
  );
}
