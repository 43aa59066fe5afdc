"use client";

import type { RowData } from "@tanstack/react-table";
import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { BOX, PageBox } from "./page-box";
import type { ColumnLook, DataTableInstance } from "./use-data-table";

type Props<Row extends RowData> = {
  table: DataTableInstance<Row>;
  label: string;
  /** New rows are on their way: the old ones stay, dimmed. */
  pending: boolean;
  empty: ReactNode;
  /** A box in front of each row; says what a row is called, for those who cannot see it. */
  selectable?: ((row: Row) => string) | undefined;
  /** Where the first column leads; a click anywhere in the row follows it. */
  opens?: ((row: Row) => string) | undefined;
  /** The id of the row that is open beside the table. */
  openId?: number | null;
};

const LABELLED = "max-sm:before:mr-1.5 max-sm:before:text-muted max-sm:before:content-[attr(data-label)]";

const PHONE: Record<NonNullable<ColumnLook["phone"]>, string> = {
  title: "max-sm:col-span-2 max-sm:font-medium",
  fact: LABELLED,
  line: `max-sm:col-span-2 ${LABELLED}`,
  hidden: "max-sm:hidden",
};

/**
 * A real table, and under 640 pixels a list of cards made of the same cells; the roles are spelled out because a table
 * that is laid out as a grid loses them.
 */
export function DataTable<Row extends RowData>(props: Props<Row>) {
  const { table, label, pending, empty, selectable, opens, openId = null } = props;
  const rows = table.getRowModel().rows;
  if (rows.length === 0) return <div aria-busy={pending}>{empty}</div>;
  return (
    <div
      className={clsx(
        "relative -mx-4 overflow-x-auto px-4 transition-opacity sm:mx-0 sm:px-0",
        pending && "opacity-50",
      )}
    >
      <table role="table" aria-label={label} aria-busy={pending} className="w-full max-sm:block">
        <thead role="rowgroup" className="max-sm:sr-only">
          {table.getHeaderGroups().map((group) => (
            <tr role="row" key={group.id} className="border-b">
              {selectable ? <SelectPage table={table} /> : null}
              {group.headers.map((header) => (
                <HeaderCell key={header.id} header={header}>
                  <table.FlexRender header={header} />
                </HeaderCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {rows.map((row) => (
            <tr
              role="row"
              key={row.id}
              data-row={row.id}
              aria-selected={selectable ? row.getIsSelected() : undefined}
              onClick={(event) => {
                if (!opens || (event.target as Element).closest("a, button, input, label, select")) return;
                if (window.getSelection()?.toString()) return;
                event.currentTarget.querySelector<HTMLAnchorElement>("a[data-opens]")?.click();
              }}
              className={clsx(
                "border-b hover:bg-sunken/60 max-sm:relative max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:py-3",
                opens && "cursor-pointer",
                (row.id === String(openId) || row.getIsSelected()) && "bg-accent-soft/60",
              )}
            >
              {selectable ? (
                <td role="cell" className="sm:w-8 sm:min-w-8 max-sm:absolute max-sm:top-3 max-sm:right-0 max-sm:w-auto">
                  <label className="reach">
                    <span className="sr-only">Select {selectable(row.original)}</span>
                    <input
                      type="checkbox"
                      className={BOX}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </label>
                </td>
              ) : null}
              {row.getVisibleCells().map((cell, place) => {
                const look = lookOf(cell.column.columnDef);
                return (
                  <td
                    role="cell"
                    key={cell.id}
                    data-label={String(cell.column.columnDef.header ?? "")}
                    className={clsx(
                      "truncate text-sm sm:h-11 sm:pr-4 sm:last:pr-0",
                      look.wide ? "sm:max-w-104 sm:py-1.5" : "sm:max-w-48",
                      look.number && "sm:text-right",
                      look.wideOnly && "sm:hidden 2xl:table-cell",
                      PHONE[look.phone ?? "fact"],
                    )}
                  >
                    {opens && place === 0 ? (
                      <Link
                        href={opens(row.original)}
                        data-opens
                        scroll={false}
                        prefetch={false}
                        className="underline-offset-2 hover:underline"
                      >
                        <table.FlexRender cell={cell} />
                      </Link>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const lookOf = (definition: { meta?: unknown }): ColumnLook => (definition.meta ?? {}) as ColumnLook;

function SelectPage<Row extends RowData>({ table }: { table: DataTableInstance<Row> }) {
  return (
    <th scope="col" role="columnheader" className="w-8 min-w-8 text-left">
      <PageBox table={table} className="reach">
        <span className="sr-only">Select this page</span>
      </PageBox>
    </th>
  );
}

type Header<Row extends RowData> = ReturnType<DataTableInstance<Row>["getHeaderGroups"]>[number]["headers"][number];

function HeaderCell<Row extends RowData>({ header, children }: { header: Header<Row>; children: ReactNode }) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const look = lookOf(column.columnDef);
  const Arrow = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      className={clsx(
        "h-9 pr-4 text-left whitespace-nowrap last:pr-0",
        look.number && "text-right",
        look.wideOnly && "hidden 2xl:table-cell",
      )}
    >
      {column.getCanSort() ? (
        <button
          type="button"
          onClick={column.getToggleSortingHandler()}
          className={clsx("label inline-flex items-center gap-1 font-medium hover:text-ink", sorted && "text-ink")}
        >
          {children}
          <Arrow aria-hidden className={clsx("size-3", !sorted && "opacity-50")} />
        </button>
      ) : (
        <span className="label font-medium">{children}</span>
      )}
    </th>
  );
}
