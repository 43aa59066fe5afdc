"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Glyph } from "@/components/ui/glyph";

/** What the command menu listens for; a page without one draws no button, and loads nothing of the menu. */
export const OPEN_EVENT = "cohort:commands";

export const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** `wide` beside the navigation, with its key; else an icon for the head of a phone. */
export function CommandButton({ wide = false }: { wide?: boolean }) {
  const [key, setKey] = useState("Ctrl K");
  useEffect(() => {
    if (isMac()) setKey("⌘K");
  }, []);
  const open = () => window.dispatchEvent(new Event(OPEN_EVENT));
  return wide ? (
    <button
      type="button"
      onClick={open}
      className="tap mb-4 flex h-9 w-full items-center gap-2.5 rounded-md border px-2.5 text-sm text-muted hover:bg-sunken hover:text-ink max-lg:hidden"
    >
      <Glyph of={Search} className="size-4" />
      Find or do
      <kbd aria-hidden className="ml-auto font-sans text-xs">
        {key}
      </kbd>
    </button>
  ) : (
    <button type="button" onClick={open} className="tap inline-flex size-11 items-center justify-center">
      <Glyph of={Search} className="size-5" />
      <span className="sr-only">Find or do</span>
    </button>
  );
}
