"use client";

import clsx from "clsx";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import type { AnyFilter, AnyList, ListValues } from "@/lib/lists/definition";
import { FacetMenu } from "./facet-menu";
import { type Chip, FilterChips } from "./filter-chips";
import { SearchBox } from "./search-box";

type Props = {
  list: AnyList;
  state: ListValues<AnyList>;
  query: string;
  words: Partial<Record<string, string | null>>;
  onChange: (change: Record<string, unknown>, how?: { history: "push" | "replace" }) => void;
  /** Absent where nothing was narrowed by hand. */
  onClear: (() => void) | undefined;
  aside: ReactNode;
  /** What is for phones alone, and waits behind the button with the menus. */
  onPhone: ReactNode;
};

/** Search, one menu for each filter, and what is active as chips. Under 640 pixels the menus wait behind a button. */
export function FilterBar({ list, state, query, words, onChange, onClear, aside, onPhone }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  // The first search makes an entry in the history, the next ones replace it: Back undoes it as one step.
  const search = (value: string) => onChange({ q: value || null }, { history: state.q ? "replace" : "push" });
  const filters: [string, AnyFilter][] = Object.entries(list.filters);

  const chips: Chip[] = [];
  if (state.q) chips.push({ key: "q", label: `“${state.q}”`, onRemove: () => onChange({ q: null }) });
  for (const [name, filter] of filters) {
    const value = state[name];
    if (filter.refines) continue;
    if (value === null || value === undefined || value === filter.all) continue;
    const text = words[name] ?? (filter.words ? filter.words(value) : String(filter.parser.serialize(value)));
    const refined = filters.filter(([, each]) => each.refines === name).map(([refining]) => [refining, null]);
    chips.push({
      key: name,
      label: `${filter.label}: ${text}`,
      onRemove: () => onChange({ ...Object.fromEntries(refined), [name]: filter.all ?? null }),
    });
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {list.search === null ? null : <SearchBox label={list.search} value={state.q} onSearch={search} />}
        <button
          type="button"
          className={clsx(buttonClass(), "sm:hidden")}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          <Glyph of={SlidersHorizontal} className="size-3.5 text-muted" />
          Filters
        </button>
        <div className={clsx("flex flex-wrap items-center gap-2", !unfolded && "max-sm:hidden")}>
          {filters.map(([name, filter]) =>
            filter.kind === "linked" ? null : filter.kind === "date" ? (
              <label key={name} className="flex items-center gap-2 text-sm text-muted">
                {filter.label}
                <input
                  type="date"
                  className="control"
                  value={String(state[name] ?? "")}
                  onChange={(event) => onChange({ [name]: filter.parser.parse(event.target.value) })}
                />
              </label>
            ) : (
              <FacetMenu
                key={name}
                label={filter.label}
                source={`/api/lists/${list.name}/counts/${name}${query}`}
                value={state[name] === null ? null : filter.parser.serialize(state[name])}
                onPick={(value) => onChange({ [name]: filter.parser.parse(value) })}
              />
            ),
          )}
        </div>
        <div className={clsx("ml-auto flex flex-wrap items-center gap-2", !unfolded && "max-sm:hidden")}>{aside}</div>
        {unfolded ? onPhone : null}
      </div>
      <FilterChips chips={chips} onClear={onClear} />
    </>
  );
}
