import { createLoader, createSerializer, parseAsArrayOf, parseAsString, type SingleParserBuilder } from "nuqs/server";
import { parseAsId, type Sort, tableParams } from "@/lib/table-params";

/** A filter of a list, under its key in the address. `words` turn a value into what a person reads. */
export type ListFilter<Value> = {
  label: string;
  parser: SingleParserBuilder<Value>;
  words?: (value: Value) => string;
  /** Of a filter that narrows from the start (its parser has a default): the value that does not. */
  all?: NoInfer<Value>;
  /** A date field in place of a menu with counts; or nothing, where values come by links from other pages alone. */
  kind?: "date" | "linked";
  /** The filter that this one makes narrower: its chip stands for both, and takes both away. */
  refines?: string;
};

// biome-ignore lint/suspicious/noExplicitAny: each filter has a value type of its own
export type AnyFilter = ListFilter<any>;

/** What a filter is before anybody touches it: nothing, or what the list begins with. */
export const untouched = ({ parser }: AnyFilter): unknown =>
  (parser as { defaultValue?: unknown }).defaultValue ?? null;

type Filters = Record<string, AnyFilter>;

type Shape<Key extends string, Column extends string, F extends Filters> = {
  /** In addresses of its API and in stored choices. */
  name: string;
  /** Where the list is. */
  path: string;
  /** What a row is called, one of it and several. */
  noun: readonly [one: string, several: string];
  /** What the search box says it searches; null for a list without one. */
  search: string | null;
  sortKeys: readonly Key[];
  defaultSort: Sort<Key>;
  /** What an order is called that no column stands for, and its reverse. */
  orders?: { readonly [Each in NoInfer<Key>]?: readonly [order: string, reverse: string] };
  filters: F;
  /** Headers by column, in order; the first is always shown. */
  columns: Record<Column, string>;
  /** Columns that nobody sees before choosing them. */
  hidden?: readonly NoInfer<Column>[];
};

type Params<Key extends string, F extends Filters> = ReturnType<typeof tableParams<Key>> & {
  [Name in keyof F]: F[Name]["parser"];
} & { open: typeof parseAsId; view: typeof parseAsId; columns: typeof parseAsColumns };

const parseAsColumns = parseAsArrayOf(parseAsString);

/** More than this at once is no longer a selection that somebody looked at. */
export const MOST_SELECTED = 10_000;

/**
 * What the page, its table, its exports and its saved views agree on: everything of a list but the statement and the
 * cells. Free of React and of the database.
 */
export function defineList<Key extends string, Column extends string, const F extends Filters>(
  shape: Shape<Key, Column, F>,
) {
  const own = Object.fromEntries(Object.entries(shape.filters).map(([name, filter]) => [name, filter.parser]));
  const params = {
    ...tableParams(shape.sortKeys, shape.defaultSort),
    ...own,
    // The row in the side panel, the saved view that this state began with, and the columns that came with it.
    open: parseAsId,
    view: parseAsId,
    columns: parseAsColumns,
  } as unknown as Params<Key, F>;
  const serialize = createSerializer(params);
  type Values = Awaited<ReturnType<typeof load>>;
  const load = createLoader(params);
  return {
    ...shape,
    params,
    load,
    /** The list's address in a state; what is left out or default is not in it. */
    href: (values: Partial<Values>, path: string = shape.path) =>
      serialize(path, values as Parameters<typeof serialize>[1]),
    /** What a view, an export or a bulk action keeps of a state: filters and order, not the page. `""` or `?role=…`. */
    query: (values: Partial<Values>) =>
      serialize("", { ...values, page: null, open: null, view: null, columns: null } as Parameters<
        typeof serialize
      >[1]),
  };
}

/** Any list, where only its look matters. */
// biome-ignore lint/suspicious/noExplicitAny: the keys of all lists
export type AnyList = ReturnType<typeof defineList<any, any, any>>;

/** The state of a list as its address says it. */
export type ListValues<List extends { load: (...args: never[]) => unknown }> = Awaited<ReturnType<List["load"]>>;

export const columnIds = (list: Pick<AnyList, "columns">): string[] => Object.keys(list.columns);

/** The columns to show, in the list's order: what was chosen as far as it exists, else those that are not hidden. */
export function shownColumns(list: Pick<AnyList, "columns" | "hidden">, chosen: readonly string[] | undefined) {
  const all = columnIds(list);
  return all.filter((id, place) => place === 0 || (chosen ? chosen.includes(id) : !list.hidden?.includes(id)));
}

/** An order by the header of its column, or by the list's own words where no column stands for it. */
export function orderWords(list: Pick<AnyList, "columns" | "orders">, { key, descending }: Sort<string>): string {
  const own = list.orders?.[key];
  if (own) return own[descending ? 1 : 0];
  return `${list.columns[key]}, ${descending ? "descending" : "ascending"}`;
}

/** A saved view in the address: its query and columns, and which view it is. */
export const viewSearch = ({ id, query, columns }: { id: number; query: string; columns: string[] | null }): string =>
  `${query}${query ? "&" : "?"}${columns ? `columns=${columns.map(encodeURIComponent).join(",")}&` : ""}view=${id}`;
