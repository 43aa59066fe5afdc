"use client";

import type { RowData } from "@tanstack/react-table";
import clsx from "clsx";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import type { AnyList } from "@/lib/lists/definition";
import type { Sort } from "@/lib/table-params";
import type { Column, ColumnLook } from "./column";
import { HeaderCell } from "./header-cell";
import { BOX, PageBox } from "./page-box";
import { useDataTable } from "./use-data-table";
import type { RowSelection } from "./use-selection";

type Props<Row extends RowData> = {
  list: Pick<AnyList, "columns" | "sortKeys" | "noun">;
  /** Those that show. */
  columns: readonly Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => number;
  /** What a row is called, for those who cannot see it. */
  rowName: (row: Row) => string;
  sort: Sort<string>;
  onSort: (sort: Sort<string>) => void;
  /** New rows are on their way: the old ones stay, dimmed. */
  pending: boolean;
  /** With it a box stands in front of each row. */
  selection: RowSelection | null;
  /** Where the first column leads; a click anywhere in the row follows it. */
  opens: (row: Row) => string;
  /** The id of the row that is open beside the table. */
  openId: number | null;
};

/**
 * A real table, and under 640 pixels a list of cards made of the same cells; the roles are spelled out because a table
 * that is laid out as a grid loses them.
 */
export function DataTable<Row extends RowData>(props: Props<Row>) {
  const { list, columns, rows, rowId, rowName, pending, selection, opens, openId } = props;
  const router = useRouter();
  const table = useDataTable(props);
  const looks = columns.map((column) => cellLook(column, list.columns[column.id]));
  const follow = (event: MouseEvent<HTMLTableRowElement>) => {
    const path = followed(event);
    if (path) router.push(path, { scroll: false });
  };
  return (
    <div
      className={clsx(
        "relative -mx-4 overflow-x-auto px-4 transition-opacity sm:mx-0 sm:px-0",
        pending && "opacity-50",
      )}
    >
      <table role="table" aria-label={list.noun[1]} aria-busy={pending} className="w-full max-sm:block">
        <thead role="rowgroup" className="max-sm:sr-only">
          <tr role="row" className="border-b">
            {selection ? (
              <th scope="col" role="columnheader" className="w-8 min-w-8 text-left">
                <PageBox selection={selection} pageIds={rows.map(rowId)} className="reach">
                  <span className="sr-only">Select this page</span>
                </PageBox>
              </th>
            ) : null}
            {table.getFlatHeaders().map(({ id, column }, place) => (
              <HeaderCell
                key={id}
                look={columns[place]}
                sorted={column.getIsSorted()}
                onSort={column.getCanSort() ? column.getToggleSortingHandler() : undefined}
              >
                {list.columns[id]}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="rows max-sm:block">
          {table.getRowModel().rows.map(({ original: row }) => {
            const id = rowId(row);
            const selected = selection?.has(id);
            return (
              <tr
                role="row"
                key={id}
                data-row={id}
                data-open={id === openId || undefined}
                aria-selected={selected}
                onClick={follow}
              >
                {selection ? (
                  <td role="cell" className="pick">
                    <label className="reach">
                      <input
                        type="checkbox"
                        aria-label={`Select ${rowName(row)}`}
                        className={BOX}
                        checked={selected}
                        onChange={(event) => selection.tick([id], event.target.checked)}
                      />
                    </label>
                  </td>
                ) : null}
                {columns.map((column, place) => (
                  <td role="cell" key={column.id} {...looks[place]}>
                    {place === 0 ? (
                      <a href={opens(row)} className="opens">
                        {column.cell(row)}
                      </a>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What all cells of a column have in common, in classes of app/globals.css; on a card each says what the header would. */
function cellLook({ phone = "fact", number, wide, wideOnly }: ColumnLook, header: string | undefined) {
  const place = phone === "title" || phone === "line" ? phone : null;
  return {
    className: clsx(place, number && "number", wide && "wide", wideOnly && "wide-only") || undefined,
    "data-label": phone === "fact" || phone === "line" ? header : undefined,
  };
}

/** Where a click in a row leads: by its first cell, and by what is in no other control; null where the browser knows itself. */
function followed(event: MouseEvent<HTMLTableRowElement>): string | null {
  const target = event.target as Element;
  const link = event.currentTarget.querySelector("a.opens");
  if (link?.contains(target)) {
    // Into another tab or window, or onto the disk.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
    event.preventDefault();
  } else if (target.closest("a, button, input, label, select") || window.getSelection()?.toString()) return null;
  return link?.getAttribute("href") ?? null;
}
