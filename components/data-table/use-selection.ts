"use client";

import { useCallback, useState } from "react";

const NONE: ReadonlySet<number> = new Set();

export type RowSelection = {
  ids: number[];
  /** Everything that matches is selected, on this page and all others. */
  everything: boolean;
  has: (id: number) => boolean;
  /** Ticks these rows of the page, or lets go of them; the rest of what is selected stays so. */
  tick: (ids: readonly number[], ticked: boolean) => void;
  selectEverything: () => void;
  clear: () => void;
};

/**
 * What is selected in a list: rows of any page by id, or everything that matches. `matching` names what is listed, its
 * order and page aside: another set of rows begins with nothing selected.
 */
export function useSelection(matching: string, pageIds: readonly number[]): RowSelection {
  const [held, setHeld] = useState({ matching, ids: NONE, everything: false });
  const { ids, everything } = held.matching === matching ? held : { ids: NONE, everything: false };
  const clear = useCallback(() => setHeld({ matching, ids: NONE, everything: false }), [matching]);
  return {
    ids: [...ids],
    everything,
    has: (id) => everything || ids.has(id),
    tick: (changed, ticked) => {
      // Of everything, only this page can be seen: it is what is left once a row of it is let go of.
      const next = new Set(everything ? pageIds : ids);
      for (const id of changed) {
        if (ticked) next.add(id);
        else next.delete(id);
      }
      setHeld({ matching, ids: next, everything: false });
    },
    selectEverything: () => setHeld({ matching, ids: NONE, everything: true }),
    clear,
  };
}
