"use client";

import {
  type ColumnDef,
  columnVisibilityFeature,
  type RowData,
  type RowSelectionState,
  rowPaginationFeature,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  type Updater,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { Sort } from "@/lib/table-params";

/** Manual mode: the server sorts, filters and pages; the table draws what it is given. */
export const features = tableFeatures({
  rowSortingFeature,
  rowPaginationFeature,
  rowSelectionFeature,
  columnVisibilityFeature,
});
export type Features = typeof features;

/**
 * How a column looks: `number` aligns right, `wide` has room for sentences, `wideOnly` needs 1536 pixels, and `phone` says what becomes of it on a card
 * under 640 pixels: the whole row, half of one with its label, the whole row with its label, or nothing.
 */
export type ColumnLook = {
  number?: boolean;
  wide?: boolean;
  wideOnly?: boolean;
  phone?: "title" | "fact" | "line" | "hidden";
};

export type Column<Row extends RowData> = ColumnDef<Features, Row, unknown> & { meta?: ColumnLook };

type Options<Row extends RowData, Key extends string> = {
  columns: Column<Row>[];
  rows: Row[];
  total: number;
  sort: Sort<Key>;
  page: number;
  size: number;
  onSort: (sort: Sort<Key>) => void;
  rowId?: (row: Row) => number;
  /** Column ids by whether they show; those that are not named do. */
  visible?: Record<string, boolean>;
  /** Selected rows by id, of any page. Without it nothing can be selected. */
  selected?: RowSelectionState;
  onSelect?: (selected: RowSelectionState) => void;
};

const resolve = <T>(updater: Updater<T>, current: T): T =>
  typeof updater === "function" ? (updater as (old: T) => T)(current) : updater;

/** TanStack Table over one page of rows, its state held by the URL. */
export function useDataTable<Row extends RowData, Key extends string>(options: Options<Row, Key>) {
  const { columns, rows, total, sort, page, size, onSort, rowId, visible = {}, selected = {}, onSelect } = options;
  const sorting = useMemo<SortingState>(() => [{ id: sort.key, desc: sort.descending }], [sort.key, sort.descending]);
  return useTable({
    features,
    columns,
    data: rows,
    rowCount: total,
    manualSorting: true,
    manualPagination: true,
    enableSortingRemoval: false,
    ...(rowId && { getRowId: (row: Row) => String(rowId(row)) }),
    enableRowSelection: onSelect !== undefined,
    state: {
      sorting,
      pagination: { pageIndex: page - 1, pageSize: size },
      columnVisibility: visible,
      rowSelection: selected,
    },
    onRowSelectionChange: (updater) => onSelect?.(resolve(updater, selected)),
    onSortingChange: (updater) => {
      const next = resolve(updater, sorting)[0];
      if (next) onSort({ key: next.id as Key, descending: next.desc });
    },
  });
}

export type DataTableInstance<Row extends RowData> = ReturnType<typeof useDataTable<Row, string>>;
