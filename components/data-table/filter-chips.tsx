"use client";

import { X } from "lucide-react";
import { Glyph } from "@/components/ui/glyph";

export type Chip = { key: string; label: string; onRemove: () => void };

/** What narrows the list, each removable, and one way to drop all of it; nothing when nothing does. */
export function FilterChips({ chips, onClear }: { chips: Chip[]; onClear: (() => void) | undefined }) {
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-center gap-2" aria-label="Active filters">
      {chips.map((chip) => (
        <li key={chip.key}>
          <button
            type="button"
            onClick={chip.onRemove}
            className="tap inline-flex h-7 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-sm text-ink"
          >
            {chip.label}
            <Glyph of={X} className="size-3" />
            <span className="sr-only">(remove filter)</span>
          </button>
        </li>
      ))}
      {onClear ? (
        <li>
          <button
            type="button"
            onClick={onClear}
            className="tap px-1 text-sm text-muted underline underline-offset-2 hover:text-ink"
          >
            Clear all
          </button>
        </li>
      ) : null}
    </ul>
  );
}
