"use client";

import { type AnyList, orderWords } from "@/lib/lists/definition";
import { type Sort, sortText } from "@/lib/table-params";
import { PageBox } from "./page-box";
import type { RowSelection } from "./use-selection";

type Props = {
  list: AnyList;
  sort: Sort<string>;
  onSort: (sort: Sort<string>) => void;
  /** Where rows can be selected. */
  selection: RowSelection | null;
  pageIds: readonly number[];
};

/** What the table's header does, for those who see cards in its place: the order, and a box for the whole page. */
export function PhoneTools({ list, sort, onSort, selection, pageIds }: Props) {
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
      {selection && pageIds.length > 0 ? (
        <PageBox selection={selection} pageIds={pageIds} className="flex min-h-11 items-center gap-2.5 text-sm">
          Select all on this page
        </PageBox>
      ) : null}
    </div>
  );
}
