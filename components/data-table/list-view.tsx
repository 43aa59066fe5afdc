"use client";

import type { RowData, RowSelectionState } from "@tanstack/react-table";
import { useQueryStates } from "nuqs";
import { type ReactNode, useEffect, useMemo, useState, useTransition } from "react";
import { Empty } from "@/components/ui/empty";
import { type AnyList, type ListValues, shownColumns } from "@/lib/lists/definition";
import { ColumnsMenu } from "./columns-menu";
import { DataTable } from "./data-table";
import { ExportLink } from "./export-link";
import { FilterBar } from "./filter-bar";
import { Pager } from "./pager";
import { type Selection, SelectionBar } from "./selection-bar";
import { SidePanel } from "./side-panel";
import { type Column, useDataTable } from "./use-data-table";
import { ViewsMenu } from "./views-menu";

type Props<Row extends RowData, List extends AnyList> = {
  list: List;
  /** The cells of the list's columns; headers and what can be sorted by come from the list. */
  columns: Column<Row>[];
  rows: Row[];
  total: number;
  page: number;
  rowId: (row: Row) => number;
  /** What a row is called where it cannot be seen. */
  rowName: (row: Row) => string;
  /** Words for filter values that only the server knows, such as a batch's name. */
  words?: { [Name in keyof List["filters"]]?: string | null };
  /** Columns that the person chose. */
  chosen?: string[] | undefined;
  /** Where a row leads; "panel" opens it beside the list. */
  opens: "panel" | ((row: Row) => string);
  /** The open row as the server drew it. */
  panel?: ReactNode;
  panelTitle?: string | undefined;
  /** What can be done with selected rows; without it none can be selected. */
  actions?: ((selection: Selection) => ReactNode) | undefined;
  canExport?: boolean;
  /** What stands here before there was ever any row. */
  empty: ReactNode;
};

/**
 * A list as staff know it from every page: search, filters with counts, chips, views, columns, export, selection, side
 * panel, pages. Its whole state is the address; the server sends one page of rows and the exact total.
 */
export function ListView<Row extends RowData, List extends AnyList>(props: Props<Row, List>) {
  const { list, rows, total, page, rowId, rowName, words = {}, opens, panel, actions, canExport = true } = props;
  const [pending, startTransition] = useTransition();
  const [values, setValues] = useQueryStates(list.params, { shallow: false, history: "push", startTransition });
  const state = values as ListValues<AnyList>;
  const [columnsChosen, setColumnsChosen] = useState(props.chosen);
  const [selected, setSelected] = useState<RowSelectionState>({});
  const [everything, setEverything] = useState(false);
  const query = list.query(state);

  // Another set of rows is another selection.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query stands for what is listed
  useEffect(() => {
    setSelected({});
    setEverything(false);
  }, [query]);

  const shown = shownColumns(list, columnsChosen);
  const columns = useMemo(
    () =>
      props.columns.map((column) => ({
        ...column,
        header: list.columns[column.id ?? ""],
        enableSorting: list.sortKeys.includes(column.id ?? ""),
      })) as Column<Row>[],
    [props.columns, list],
  );
  const table = useDataTable({
    columns,
    rows,
    total,
    sort: state.sort,
    page,
    size: state.size,
    rowId,
    visible: Object.fromEntries(Object.keys(list.columns).map((id) => [id, shown.includes(id)])),
    selected,
    ...(actions && {
      onSelect: (next: RowSelectionState) => {
        setEverything(false);
        setSelected(next);
      },
    }),
    onSort: (sort) => void setValues({ sort, page: null } as never),
  });

  const set = (change: Record<string, unknown>, how?: { history: "push" | "replace" }) =>
    void setValues({ page: null, ...change } as never, how);
  const filterNames = Object.keys(list.filters);
  const filtered = state.q !== "" || filterNames.some((name) => state[name] !== null);
  const clear = () => set({ q: null, ...Object.fromEntries(filterNames.map((name) => [name, null])) });
  const clearSelection = () => {
    setSelected({});
    setEverything(false);
  };
  const ids = Object.keys(selected).map(Number);
  const open = typeof state.open === "number" ? state.open : null;
  const place = rows.findIndex((row) => rowId(row) === open);
  const show = (id: number | null) => set({ open: id, page }, { history: open && id ? "replace" : "push" });

  return (
    <div className={panel ? "xl:pr-[26rem]" : undefined}>
      <div className="mb-3 grid gap-3">
        <FilterBar
          list={list}
          state={state}
          query={query}
          words={words}
          onChange={set}
          onClear={clear}
          aside={
            <>
              <ViewsMenu list={list} state={state} query={query} columns={columnsChosen ?? null} />
              <ColumnsMenu list={list} shown={shown} onChoose={setColumnsChosen} />
              {canExport ? <ExportLink list={list} query={query} columns={shown} /> : null}
            </>
          }
        />
      </div>
      <DataTable
        table={table}
        label={list.noun[1]}
        pending={pending}
        selectable={actions ? rowName : undefined}
        openId={open}
        opens={opens === "panel" ? (row) => list.href({ ...state, open: rowId(row) }) : opens}
        empty={
          filtered ? (
            <Empty title={`No ${list.noun[0]} matches these filters`}>
              <button type="button" className="underline underline-offset-2" onClick={clear}>
                Clear all filters
              </button>
            </Empty>
          ) : (
            props.empty
          )
        }
      />
      <Pager
        noun={list.noun[total === 1 ? 0 : 1]}
        total={total}
        page={page}
        size={state.size}
        onPage={(next) => set({ page: next })}
        onSize={(size) => set({ size })}
      />
      {actions && (ids.length > 0 || everything) ? (
        <SelectionBar
          ids={ids}
          everything={everything}
          query={query}
          total={total}
          noun={list.noun}
          onEverything={() => setEverything(true)}
          onClear={clearSelection}
        >
          {actions}
        </SelectionBar>
      ) : null}
      {panel ? (
        <SidePanel
          title={props.panelTitle ?? ""}
          onClose={() => show(null)}
          onPrevious={place > 0 ? () => show(rowId(rows[place - 1] as Row)) : undefined}
          onNext={place >= 0 && place < rows.length - 1 ? () => show(rowId(rows[place + 1] as Row)) : undefined}
        >
          {panel}
        </SidePanel>
      ) : null}
    </div>
  );
}
