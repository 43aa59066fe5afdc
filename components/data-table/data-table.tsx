"use client";

import type { RowData } from "@tanstack/react-table";
import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { Glyph } from "@/components/ui/glyph";
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

/** Classes of app/globals.css, for the cells of `.rows`. */
const PHONE: Record<NonNullable<ColumnLook["phone"]>, string> = {
  title: "title",
  fact: "",
  line: "line",
  hidden: "card-less",
};

/**
 * A real table, and under 640 pixels a list of cards made of the same cells; the roles are spelled out because a table
 * that is laid out as a grid loses them.
 */
export function DataTable<Row extends RowData>(props: Props<Row>) {
  const { table, label, pending, empty, selectable, opens, openId = null } = props;
  const router = useRouter();
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
        <tbody role="rowgroup" className={clsx("rows max-sm:block", opens && "[&>tr]:cursor-pointer")}>
          {rows.map((row) => (
            <tr
              role="row"
              key={row.id}
              data-row={row.id}
              data-open={row.id === String(openId) || undefined}
              aria-selected={selectable ? row.getIsSelected() : undefined}
              onClick={(event) => {
                const path = opens && followed(event);
                if (path) router.push(path, { scroll: false });
              }}
            >
              {selectable ? (
                <td role="cell" className="pick">
                  <label className="reach">
                    <input
                      type="checkbox"
                      aria-label={`Select ${selectable(row.original)}`}
                      className={BOX}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </label>
                </td>
              ) : null}
              {row.getVisibleCells().map((cell, place) => {
                const definition = cell.column.columnDef;
                const look = lookOf(definition);
                const { phone = "fact" } = look;
                const isLabelled = phone === "fact" || phone === "line";
                return (
                  <td
                    role="cell"
                    key={cell.id}
                    data-label={isLabelled ? String(definition.header ?? "") : undefined}
                    className={
                      clsx(PHONE[phone], look.number && "number", look.wide && "wide", look.wideOnly && "wide-only") ||
                      undefined
                    }
                  >
                    {opens && place === 0 ? (
                      <a href={opens(row.original)} data-opens className="underline-offset-2 hover:underline">
                        {drawn(definition, cell)}
                      </a>
                    ) : (
                      drawn(definition, cell)
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

/** Where a click in a row leads: by its first cell, and by what is in no other control; null where the browser knows itself. */
function followed(event: MouseEvent<HTMLTableRowElement>): string | null {
  const target = event.target as Element;
  const link = event.currentTarget.querySelector("a[data-opens]");
  if (link?.contains(target)) {
    // Into another tab or window, or onto the disk.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
    event.preventDefault();
  } else if (target.closest("a, button, input, label, select") || window.getSelection()?.toString()) return null;
  return link?.getAttribute("href") ?? null;
}

/** The content of a cell. Cells are plain functions: called, they cost no component each. */
const drawn = (definition: { cell?: unknown }, cell: { getContext: () => unknown }): ReactNode =>
  typeof definition.cell === "function" ? definition.cell(cell.getContext()) : (definition.cell as ReactNode);

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
          <Glyph of={Arrow} className={clsx("size-3", !sorted && "opacity-50")} />
        </button>
      ) : (
        <span className="label font-medium">{children}</span>
      )}
    </th>
  );
}
