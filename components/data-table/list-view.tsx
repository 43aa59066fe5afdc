"use client";

import type { RowData } from "@tanstack/react-table";
import { useQueryStates } from "nuqs";
import { type ReactNode, useState, useTransition } from "react";
import { Empty } from "@/components/ui/empty";
import { type AnyList, type ListValues, shownColumns, untouched } from "@/lib/lists/definition";
import type { Sort } from "@/lib/table-params";
import type { Column } from "./column";
import { ColumnsMenu } from "./columns-menu";
import { DataTable } from "./data-table";
import { ExportLink, exportHref } from "./export-link";
import { FilterBar } from "./filter-bar";
import { Pager } from "./pager";
import { PhoneTools } from "./phone-tools";
import { type Selection, SelectionBar } from "./selection-bar";
import { SidePanel } from "./side-panel";
import { useSelection } from "./use-selection";
import { ViewsMenu } from "./views-menu";

/** What a page hands to the table of its list. */
export type ListPage<Row> = {
  rows: Row[];
  total: number;
  page: number;
  /** Columns that the person chose. */
  chosen?: string[] | undefined;
  /** The open row as the server drew it. */
  panel?: ReactNode;
  panelTitle?: string | undefined;
};

type Props<Row extends RowData, List extends AnyList> = ListPage<Row> & {
  list: List;
  /** The cells of the list's columns; headers and what can be sorted by come from the list. */
  columns: readonly Column<Row>[];
  rowId: (row: Row) => number;
  /** What a row is called where it cannot be seen. */
  rowName: (row: Row) => string;
  /** Words for filter values that only the server knows, such as a batch's name. */
  words?: { [Name in keyof List["filters"]]?: string | null };
  /** Where a row leads; "panel" opens it beside the list. */
  opens: "panel" | ((row: Row) => string);
  /** What can be done with selected rows; without it none can be selected. */
  actions?: ((selection: Selection) => ReactNode) | undefined;
  canExport?: boolean;
  /** What stands here before there was ever any row. */
  empty: ReactNode;
};

type How = { history: "push" | "replace" };

/**
 * A list as staff know it from every page: search, filters with counts, chips, views, columns, export, selection, side
 * panel, pages. Its whole state is the address; the server sends one page of rows and the exact total.
 */
export function ListView<Row extends RowData, List extends AnyList>(props: Props<Row, List>) {
  const { list, rows, total, page, rowId, rowName, words = {}, opens, panel, actions, canExport = true } = props;
  const [pending, startTransition] = useTransition();
  const [values, setValues] = useQueryStates(list.params, { shallow: false, history: "push", startTransition });
  const state = values as ListValues<AnyList>;
  const [remembered, setRemembered] = useState(props.chosen);
  const query = list.query(state);
  const pageIds = rows.map(rowId);
  const selected = useSelection(list.query({ ...state, sort: list.defaultSort }), pageIds);
  const selection = actions ? selected : null;

  const change = (next: Record<string, unknown>, how?: How) => void setValues(next as never, how);
  const set = (next: Record<string, unknown>, how?: How) => change({ page: null, ...next }, how);

  // A view brings columns of its own, which stand in the address; else they are the person's.
  const chosen: string[] | undefined = state.columns ?? remembered;
  const shown = shownColumns(list, chosen);
  const onSort = (sort: Sort<string>) => set({ sort });

  const file = exportHref(list, query, shown, state.view);
  const filterNames = Object.keys(list.filters);
  const filtered = state.q !== "" || filterNames.some((name) => state[name] !== untouched(list.filters[name]));
  const clear = () => set({ q: null, ...Object.fromEntries(filterNames.map((name) => [name, null])) });

  const open = typeof state.open === "number" ? state.open : null;
  const closed = list.href({ ...state, open: null });
  const panelHref = (row: Row) => `${closed}${closed.includes("?") ? "&" : "?"}open=${rowId(row)}`;
  const place = pageIds.indexOf(open ?? 0);
  /** Walking through rows leaves one entry in the history. */
  const walkTo = (id: number | undefined) => (id ? () => change({ open: id }, { history: "replace" }) : undefined);
  const closePanel = () => {
    change({ open: null });
    document.querySelector<HTMLElement>(`tr[data-row="${open}"] a.opens`)?.focus();
  };

  return (
    <div className={panel ? "xl:pr-[26rem]" : undefined}>
      <div className="mb-3 grid gap-3">
        <FilterBar
          list={list}
          state={state}
          query={query}
          words={words}
          onChange={set}
          onClear={filtered ? clear : undefined}
          aside={
            <>
              <ViewsMenu list={list} state={state} query={query} columns={chosen ?? null} />
              <ColumnsMenu
                list={list}
                shown={shown}
                inView={Boolean(state.columns)}
                onView={(next) => change({ columns: next ?? null }, { history: "replace" })}
                onChoose={setRemembered}
              />
              {canExport ? <ExportLink href={file} /> : null}
            </>
          }
          onPhone={<PhoneTools list={list} sort={state.sort} onSort={onSort} selection={selection} pageIds={pageIds} />}
        />
      </div>
      {rows.length > 0 ? (
        <DataTable
          list={list}
          columns={props.columns.filter(({ id }) => shown.includes(id))}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          sort={state.sort}
          onSort={onSort}
          pending={pending}
          selection={selection}
          opens={opens === "panel" ? panelHref : opens}
          openId={open}
        />
      ) : (
        <div aria-busy={pending}>
          {filtered ? (
            <Empty title={`No ${list.noun[0]} matches these filters`}>
              <button type="button" className="tap underline underline-offset-2" onClick={clear}>
                Clear all filters
              </button>
            </Empty>
          ) : (
            props.empty
          )}
        </div>
      )}
      <Pager
        noun={list.noun[total === 1 ? 0 : 1]}
        total={total}
        page={page}
        size={state.size}
        onPage={(next) => set({ page: next })}
        onSize={(size) => set({ size })}
      />
      {actions && (selected.everything || selected.ids.length > 0) ? (
        <SelectionBar
          ids={selected.ids}
          everything={selected.everything}
          query={query}
          exportHref={file}
          total={total}
          noun={list.noun}
          onEverything={selected.selectEverything}
          onClear={selected.clear}
        >
          {actions}
        </SelectionBar>
      ) : null}
      {panel && open ? (
        <SidePanel
          title={props.panelTitle ?? ""}
          onClose={closePanel}
          onPrevious={walkTo(pageIds[place - 1])}
          onNext={walkTo(pageIds[place + 1])}
        >
          {panel}
        </SidePanel>
      ) : null}
    </div>
  );
}
