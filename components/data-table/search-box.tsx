"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { singleKeysOn } from "@/components/layout/single-keys";
import { Glyph } from "@/components/ui/glyph";

const SEARCH_PAUSE_MS = 300;

type Props = { label: string; value: string; onSearch: (value: string) => void };

/**
 * Searches after a pause in typing, at once when cleared; `/` jumps here from anywhere outside a text field, Escape
 * clears. What is being typed stays here; a `value` that changed by other means (Back, a removed chip) replaces it.
 */
export function SearchBox({ label, value, onSearch }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const searched = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (value === searched.current) return;
    clearTimeout(timer.current);
    searched.current = value;
    setText(value);
  }, [value]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    const run = () => {
      searched.current = next.trim();
      onSearch(next.trim());
    };
    if (next) timer.current = setTimeout(run, SEARCH_PAUSE_MS);
    else run();
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || target.closest("input, textarea, select")) return;
      if (!singleKeysOn()) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <label className="relative max-sm:w-full">
      <span className="sr-only">{label}</span>
      <Glyph of={Search} className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
      <input
        ref={input}
        type="search"
        className="control w-full pl-8 sm:w-60"
        placeholder={label}
        maxLength={100}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && text) type("");
        }}
      />
    </label>
  );
}
