"use client";

import clsx from "clsx";
import { type ReactNode, useLayoutEffect, useRef } from "react";

type Props = { label: string; className?: string; onClose: () => void; children: ReactNode };

/** A modal dialog that is open as long as it is there: Escape and a click beside it close it. */
export function Modal({ label, className, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Left to itself the browser takes whatever can have the focus first, a mere container among them.
    element?.querySelector<HTMLElement>("[data-first]")?.focus();
    // Closing gives the focus back to where it was, as long as the dialog is still in the page: hence a layout effect.
    return () => element?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own
    <dialog
      ref={dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={clsx(
        "mx-auto mt-[12dvh] max-h-[76dvh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-md border bg-raised p-0 text-ink backdrop:bg-black/30",
        className,
      )}
    >
      {children}
    </dialog>
  );
}
