"use client";

import {
  type ColumnDef,
  type RowData,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { AnyList } from "@/lib/lists/definition";
import type { Sort } from "@/lib/table-params";
import type { Column } from "./column";

/** Manual mode: the server sorts, filters and pages; the table draws what it is given. */
const features = tableFeatures({ rowSortingFeature });

type Options<Row extends RowData> = {
  list: Pick<AnyList, "columns" | "sortKeys">;
  /** Those that show. */
  columns: readonly Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => number;
  sort: Sort<string>;
  onSort: (sort: Sort<string>) => void;
};

/** TanStack Table over one page of rows, its order held by the address. */
export function useDataTable<Row extends RowData>({ list, columns, rows, rowId, sort, onSort }: Options<Row>) {
  const sorting = useMemo<SortingState>(() => [{ id: sort.key, desc: sort.descending }], [sort.key, sort.descending]);
  const shown = columns.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list's columns are always the same; which of them show changes
  const definitions = useMemo(() => columns.map((column) => definition(list, column)), [shown, list]);
  return useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row) => String(rowId(row)),
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (updater) => {
      const [next] = typeof updater === "function" ? updater(sorting) : updater;
      if (next) onSort({ key: next.id, descending: next.desc });
    },
  });
}

/** What the column is called and whether it sorts, the list says. */
const definition = <Row extends RowData>(
  { columns, sortKeys }: Options<Row>["list"],
  column: Column<Row>,
): ColumnDef<typeof features, Row, unknown> => ({
  id: column.id,
  header: columns[column.id] ?? "",
  // Only what has a value is sorted by; the server does it.
  accessorFn: (row) => row,
  enableSorting: sortKeys.includes(column.id),
  sortDescFirst: column.descendingFirst ?? false,
});
