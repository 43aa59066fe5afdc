"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { isMac, OPEN_EVENT } from "./command-button";
import { singleKeysOn } from "./single-keys";

// Loaded when it is first wanted: no page waits for it.
const CommandDialog = dynamic(() => import("./command-dialog"), { ssr: false });
const KeysDialog = dynamic(() => import("./keys-dialog"), { ssr: false });

type Open = "commands" | "keys" | null;

/** Ctrl+K, on a Mac Cmd+K: there Ctrl+K belongs to text fields. */
const wantsCommands = (event: KeyboardEvent) =>
  event.key.toLowerCase() === "k" &&
  !event.altKey &&
  !event.shiftKey &&
  (isMac() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey);

/** Where letters are typed, a letter is a letter; and a rich text uses Ctrl+K for its links. */
const typesInto = (target: EventTarget | null, selector: string) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest(selector) !== null);

/** Listens for the keys and opens what they ask for. Once on a page; `CommandButton` opens the same. */
export function CommandMenu({ signOut }: { signOut: () => Promise<void> }) {
  const [open, setOpen] = useState<Open>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (wantsCommands(event) && !typesInto(event.target, "[contenteditable]")) {
        event.preventDefault();
        setOpen((now) => (now === "commands" ? null : "commands"));
      } else if (
        event.key === "?" &&
        !event.ctrlKey &&
        !event.metaKey &&
        singleKeysOn() &&
        !typesInto(event.target, "input, textarea, select, dialog")
      ) {
        event.preventDefault();
        setOpen("keys");
      }
    };
    const onOpen = () => setOpen("commands");
    document.addEventListener("keydown", onKey);
    window.addEventListener(OPEN_EVENT, onOpen);
    return () => {
      document.removeEventListener("keydown", onKey);
      window.removeEventListener(OPEN_EVENT, onOpen);
    };
  }, []);

  const close = () => setOpen(null);
  if (open === "commands") return <CommandDialog onClose={close} onKeys={() => setOpen("keys")} signOut={signOut} />;
  return open === "keys" ? <KeysDialog onClose={close} mac={isMac()} /> : null;
}
