"use client";

import { useEffect, useEffectEvent } from "react";
import { singleKeysOn } from "@/components/layout/single-keys";

/** Acts on single keys, unless somebody types, a dialog is open, or the person switched such keys off. Arrows always work. */
export function useRunKeys(act: (key: string) => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (target.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (document.querySelector(":popover-open, dialog[open]")) return;
    if (!event.key.startsWith("Arrow") && !singleKeysOn()) return;
    if (act(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
