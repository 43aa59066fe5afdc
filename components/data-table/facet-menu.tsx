"use client";

import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";

/** `count` is how many rows the option would leave. */
export type FacetOption = { value: string; label: string; hint?: string; count?: number };

type Props = {
  label: string;
  /** Where the options come from whenever the menu opens: `{options: FacetOption[]}`. */
  source: string;
  /** The value that is picked now. */
  value?: string | null;
  onPick: (value: string) => void;
};

type State = { kind: "idle" | "loading" | "failed" } | { kind: "ready"; options: FacetOption[]; source: string };

/** A filter with more choices than a page should carry: they load when the menu opens, and can be searched. */
export function FacetMenu({ label, source, value = null, onPick }: Props) {
  const id = useId();
  const [state, setState] = useState<State>({ kind: "idle" });
  const [search, setSearch] = useState("");

  const load = async () => {
    // Counts of another moment are not shown as today's, but a list that is only being refreshed stays.
    setState((old) => (old.kind === "ready" && old.source === source ? old : { kind: "loading" }));
    try {
      const response = await fetch(source);
      if (!response.ok) throw new Error(String(response.status));
      const { options } = (await response.json()) as { options: FacetOption[] };
      setState({ kind: "ready", options, source });
    } catch {
      setState({ kind: "failed" });
    }
  };

  const pick = (value: string) => {
    document.getElementById(id)?.hidePopover();
    onPick(value);
  };

  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClass()} style={{ anchorName: `--${id}` }}>
        {label}
        <Glyph of={ChevronDown} className="size-3.5 text-muted" />
      </button>
      <div
        id={id}
        popover="auto"
        className="hanging w-72 p-2"
        style={{ positionAnchor: `--${id}` }}
        onToggle={(event) => {
          if (event.newState === "open" && state.kind !== "loading") void load();
        }}
      >
        {state.kind !== "ready" || state.options.length <= FEW ? null : (
          <input
            type="search"
            aria-label={`Search in ${label.toLowerCase()}`}
            placeholder="Search"
            className="control mb-2 h-8 w-full"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        <Options state={state} value={value} search={search} onPick={pick} onRetry={load} />
      </div>
    </>
  );
}

/** So few options need no search. */
const FEW = 5;

type OptionsProps = {
  state: State;
  value: string | null;
  search: string;
  onPick: (value: string) => void;
  onRetry: () => void;
};

function Options({ state, value, search, onPick, onRetry }: OptionsProps) {
  if (state.kind === "failed") {
    return (
      <p className="p-2 text-sm text-bad" role="alert">
        The list did not load.{" "}
        <button type="button" className="underline" onClick={onRetry}>
          Try again
        </button>
      </p>
    );
  }
  // Most menus of a page are never opened.
  if (state.kind === "idle") return null;
  if (state.kind !== "ready") return <Skeleton lines={FEW} className="p-2" />;
  const found = state.options.filter((option) => option.label.toLowerCase().includes(search.trim().toLowerCase()));
  if (found.length === 0) return <p className="p-2 text-sm text-muted">Nothing matches.</p>;
  return (
    <ul className="max-h-72 overflow-y-auto">
      {found.map((option) => (
        <li key={option.value}>
          <button
            type="button"
            aria-current={option.value === value ? "true" : undefined}
            onClick={() => onPick(option.value)}
            className="tap flex w-full items-baseline justify-between gap-3 rounded px-2 py-1.5 text-left text-sm hover:bg-sunken"
          >
            <span className={option.value === value ? "truncate font-medium" : "truncate"}>{option.label}</span>
            <span className="label shrink-0">
              {option.count === undefined ? option.hint : formatCount(option.count)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
