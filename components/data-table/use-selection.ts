"use client";

import type { RowSelectionState } from "@tanstack/react-table";
import { useCallback, useState } from "react";

/**
 * What is selected in a list: rows of any page by id, or everything that matches. `matching` names what is listed, its
 * order and page aside: another set of rows begins with nothing selected.
 */
export function useSelection(matching: string, pageIds: number[]) {
  const [held, setHeld] = useState({ matching, rows: {} as RowSelectionState, everything: false });
  const { rows, everything } = held.matching === matching ? held : { rows: {}, everything: false };
  const clear = useCallback(() => setHeld({ matching, rows: {}, everything: false }), [matching]);
  return {
    /** For the table: which of its rows are ticked. */
    ticked: everything ? (Object.fromEntries(pageIds.map((id) => [id, true])) as RowSelectionState) : rows,
    ids: Object.keys(rows).map(Number),
    everything,
    select: (next: RowSelectionState) => setHeld({ matching, rows: next, everything: false }),
    selectEverything: () => setHeld({ matching, rows: {}, everything: true }),
    clear,
  };
}
