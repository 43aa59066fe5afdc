"use client";

import { X } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "./button";

type Props = {
  /** On the button that opens it. */
  trigger: ReactNode;
  title: string;
  look?: ComponentProps<typeof Button>["look"];
  small?: boolean;
  disabled?: boolean;
  /** However it was closed. */
  onClose?: () => void;
  /** Gets the way to close it, for a form that is done. */
  children: (close: () => void) => ReactNode;
};

/**
 * A button and the modal dialog it opens: the browser's own, which keeps the focus inside and closes on Escape. It is
 * drawn when it is opened for the first time, so that a list of a hundred rows does not carry a form for each, and stays
 * from then on.
 */
export function Dialog({ trigger, title, look = "plain", small = false, disabled = false, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [drawn, setDrawn] = useState(false);
  const id = useId();
  const open = () => {
    // Before the browser looks for what gets the focus.
    flushSync(() => setDrawn(true));
    dialog.current?.showModal();
  };
  const close = () => dialog.current?.close();
  return (
    <>
      <Button look={look} small={small} disabled={disabled} onClick={open}>
        {trigger}
      </Button>
      {drawn ? (
        <dialog
          ref={dialog}
          aria-labelledby={id}
          onClose={onClose}
          className="m-auto max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] overflow-y-auto rounded-md border bg-raised p-5 text-left text-ink backdrop:bg-black/30"
        >
          <header className="mb-4 flex items-start justify-between gap-4">
            <h2 id={id} className="text-base font-semibold">
              {title}
            </h2>
            <button type="button" onClick={close} className="tap -m-2 inline-flex size-9 items-center justify-center">
              <X aria-hidden className="size-4" />
              <span className="sr-only">Close</span>
            </button>
          </header>
          {children(close)}
        </dialog>
      ) : null}
    </>
  );
}
