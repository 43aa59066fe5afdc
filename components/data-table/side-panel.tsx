"use client";

import { ChevronDown, ChevronUp, type LucideIcon, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Glyph } from "@/components/ui/glyph";

type Props = {
  title: string;
  onClose: () => void;
  /** Absent at the ends of the page. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  children: ReactNode;
};

/** A row's details beside the list: arrow keys walk the rows, Escape closes. On a phone it covers the page. */
export function SidePanel({ title, onClose, onPrevious, onNext, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);

  // The first time only: walking on leaves the focus where it is.
  useEffect(() => heading.current?.focus(), []);

  // Before anybody else: Escape closes the panel first, and then lets go of a selection.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || target.closest("input, textarea, select, [role=menu], dialog")) return;
      if (document.querySelector(":popover-open, dialog[open]")) return;
      const act = { ArrowUp: onPrevious, ArrowDown: onNext, Escape: onClose }[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [onPrevious, onNext, onClose]);

  return (
    <aside
      aria-label={title}
      className="fixed inset-0 z-20 overflow-y-auto border-l bg-paper px-5 py-4 sm:left-auto sm:w-[25rem]"
    >
      <header className="mb-4 flex items-center justify-between gap-3">
        <h2 ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
          {title}
        </h2>
        <div className="flex shrink-0">
          <Step label="Previous row" icon={ChevronUp} onClick={onPrevious} />
          <Step label="Next row" icon={ChevronDown} onClick={onNext} />
          <Step label="Close" icon={X} onClick={onClose} />
        </div>
      </header>
      {children}
    </aside>
  );
}

function Step({ label, icon: Icon, onClick }: { label: string; icon: LucideIcon; onClick: (() => void) | undefined }) {
  return (
    <button
      type="button"
      disabled={!onClick}
      onClick={onClick}
      className="tap inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink disabled:opacity-40 pointer-coarse:size-11"
    >
      <Glyph of={Icon} className="size-4" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
