"use client";

import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { PAGE_SIZES, Sort } from "@/lib/table-params";
import { DataTable } from "./data-table";
import { Pager } from "./pager";
import { type Column, useDataTable } from "./use-data-table";

/** What the table and its pager change in the address; `page: null` is the first one. */
type Change<Key extends string> = { sort?: Sort<Key>; size?: (typeof PAGE_SIZES)[number]; page: number | null };

type Props<Row extends RowData, Key extends string> = {
  label: string;
  /** What a row is called, one of it and several. */
  noun: readonly [one: string, several: string];
  columns: Column<Row>[];
  rows: Row[];
  total: number;
  page: number;
  size: number;
  sort: Sort<Key>;
  pending: boolean;
  empty: ReactNode;
  onChange: (change: Change<Key>) => void;
};

/** One page of a list with its pager, whose state is the address: another order or size begins at the first page. */
export function ListTable<Row extends RowData, Key extends string>(props: Props<Row, Key>) {
  const { label, noun, columns, rows, total, page, size, sort, pending, empty, onChange } = props;
  const table = useDataTable({
    columns,
    rows,
    total,
    sort,
    page,
    size,
    onSort: (next: Sort<Key>) => onChange({ sort: next, page: null }),
  });
  return (
    <>
      <DataTable table={table} label={label} pending={pending} empty={empty} />
      <Pager
        noun={noun[total === 1 ? 0 : 1]}
        total={total}
        page={page}
        size={size}
        onPage={(next) => onChange({ page: next })}
        onSize={(next) => onChange({ size: next, page: null })}
      />
    </>
  );
}
