"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";

type Props = { label: string; value: string; onSearch: (value: string) => void };

/** Searches while typing (the caller debounces); `/` jumps here from anywhere outside a text field, Escape clears. */
export function SearchBox({ label, value, onSearch }: Props) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || target.closest("input, textarea, select")) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <label className="relative max-sm:w-full">
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
      <input
        ref={input}
        type="search"
        className="control w-full pl-8 sm:w-72"
        placeholder={label}
        maxLength={100}
        value={value}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value) onSearch("");
        }}
      />
    </label>
  );
}
