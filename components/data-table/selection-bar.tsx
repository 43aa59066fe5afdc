"use client";

import { type ReactNode, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { MOST_SELECTED } from "@/lib/lists/definition";

export type Selection = {
  count: number;
  /** For a hidden field named `selection`: what lib/lists/selection.ts reads. */
  field: string;
  /** Where the list's file comes from, in its present order and columns. */
  exportHref: string;
  clear: () => void;
};

type Props = {
  ids: number[];
  /** Everything that matches is selected, on this page and all others. */
  everything: boolean;
  query: string;
  exportHref: string;
  total: number;
  noun: readonly [one: string, several: string];
  onEverything: () => void;
  onClear: () => void;
  children: (selection: Selection) => ReactNode;
};

/** How much is selected and what can be done with it; stays in sight, and Escape lets go of it. */
export function SelectionBar({
  ids,
  everything,
  query,
  exportHref,
  total,
  noun,
  onEverything,
  onClear,
  children,
}: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector(":popover-open, dialog[open]")) {
        onClear();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClear]);

  const count = everything ? total : ids.length;
  return (
    <section
      aria-label="Selection"
      className="sticky bottom-4 z-10 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-strong-line bg-raised px-4 py-2 shadow-lg"
    >
      <p role="status" className="text-sm font-medium">
        {formatCount(count)} {noun[count === 1 ? 0 : 1]} selected
      </p>
      {everything || ids.length >= total ? null : total > MOST_SELECTED ? (
        <span className="text-sm text-muted">Narrow the list to {formatCount(MOST_SELECTED)} to select all of it</span>
      ) : (
        <button type="button" className="tap text-sm underline underline-offset-2" onClick={onEverything}>
          Select all {formatCount(total)} matching
        </button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {children({ count, field: JSON.stringify(everything ? { query } : { ids }), exportHref, clear: onClear })}
        <Button look="quiet" small onClick={onClear}>
          Clear
        </Button>
      </div>
    </section>
  );
}
