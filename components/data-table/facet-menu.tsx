"use client";

import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { buttonClass } from "@/components/ui/button";

export type FacetOption = { value: string; label: string; hint?: string };

type Props = {
  label: string;
  /** Where the options come from when the menu first opens: `{options: FacetOption[]}`. */
  source: string;
  onPick: (value: string) => void;
};

type State = { kind: "idle" | "loading" | "failed" } | { kind: "ready"; options: FacetOption[] };

/** A filter with more choices than a page should carry: they load when the menu opens, and can be searched. */
export function FacetMenu({ label, source, onPick }: Props) {
  const id = useId();
  const [state, setState] = useState<State>({ kind: "idle" });
  const [search, setSearch] = useState("");

  const load = async () => {
    setState({ kind: "loading" });
    try {
      const response = await fetch(source);
      if (!response.ok) throw new Error(String(response.status));
      const { options } = (await response.json()) as { options: FacetOption[] };
      setState({ kind: "ready", options });
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
        <ChevronDown aria-hidden className="size-3.5 text-muted" />
      </button>
      <div
        id={id}
        popover="auto"
        className="hanging w-72 p-2"
        style={{ positionAnchor: `--${id}` }}
        onToggle={(event) => {
          if (event.newState === "open" && state.kind !== "ready" && state.kind !== "loading") void load();
        }}
      >
        <input
          type="search"
          aria-label={`Search in ${label.toLowerCase()}`}
          placeholder="Search"
          className="control mb-2 h-8 w-full"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Options state={state} search={search} onPick={pick} onRetry={load} />
      </div>
    </>
  );
}

type OptionsProps = { state: State; search: string; onPick: (value: string) => void; onRetry: () => void };

function Options({ state, search, onPick, onRetry }: OptionsProps) {
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
  if (state.kind !== "ready") return <p className="p-2 text-sm text-muted">Loading…</p>;
  const found = state.options.filter((option) => option.label.toLowerCase().includes(search.trim().toLowerCase()));
  if (found.length === 0) return <p className="p-2 text-sm text-muted">Nothing matches.</p>;
  return (
    <ul className="max-h-72 overflow-y-auto">
      {found.map((option) => (
        <li key={option.value}>
          <button
            type="button"
            onClick={() => onPick(option.value)}
            className="tap flex w-full items-baseline justify-between gap-3 rounded px-2 py-1.5 text-left text-sm hover:bg-sunken"
          >
            <span className="truncate">{option.label}</span>
            <span className="label shrink-0">{option.hint}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
