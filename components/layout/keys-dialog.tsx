"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Modal } from "./modal";
import { singleKeysOn, switchSingleKeys } from "./single-keys";

type Props = { onClose: () => void; mac: boolean };

/** What the keys do, and the switch for those without Ctrl or Cmd. */
export default function KeysDialog({ onClose, mac }: Props) {
  const [on, setOn] = useState(singleKeysOn);
  const control = mac ? "⌘" : "Ctrl";
  const keys: [key: string, does: string, single?: boolean][] = [
    [`${control} K`, "Find people, batches and pages, or do something"],
    [`${control} Enter`, "Save the form you are in"],
    ["↑ ↓", "Walk through the rows while one is open beside the list"],
    ["Esc", "Close what is open; in a list, drop the selection"],
    ["/", "Search in the list", true],
    ["?", "Show these keys", true],
  ];
  return (
    <Modal label="Keys" onClose={onClose} className="max-w-md p-5">
      <header className="mb-4 flex items-center justify-between">
        <h2 className="text-base font-semibold">Keys</h2>
        <button type="button" onClick={onClose} className="tap -m-2 inline-flex size-9 items-center justify-center">
          <X aria-hidden className="size-4" />
          <span className="sr-only">Close</span>
        </button>
      </header>
      <dl className="text-sm">
        {keys.map(([key, does, single]) => (
          <div key={key} className="flex items-baseline justify-between gap-4 border-b py-1.5">
            <dt className={single && !on ? "text-muted line-through" : undefined}>{does}</dt>
            <dd className="shrink-0">
              <kbd className="rounded border bg-sunken px-1.5 py-0.5 font-sans text-xs">{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <label className="tap mt-4 flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={on}
          onChange={(event) => {
            setOn(event.target.checked);
            switchSingleKeys(event.target.checked);
          }}
        />
        Keys without {control} work, too
      </label>
      <p className="label mt-1">Switch them off when you dictate, or strike keys by accident. Kept in this browser.</p>
    </Modal>
  );
}
