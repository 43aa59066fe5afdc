"use client";

import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { ZoneField } from "@/components/ui/zone-field";

type Props = {
  chosen: string | null;
  /** The zone that holds while the field is empty. */
  otherZone: string;
  hint: ReactNode;
  error: string | undefined;
  /** Chosen by the button, which is no typing. */
  onChosen: () => void;
};

const never = () => () => {};
const deviceZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A zone has several names, of which a browser prefers one: Asia/Calcutta for Asia/Kolkata. */
function preferredName(zone: string): string {
  try {
    return Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
}

/** One's own zone, or none; the one of the device in hand is a press away. */
export function OwnZoneField({ chosen, otherZone, hint, error, onChosen }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(chosen ?? "");
  const here = useSyncExternalStore(never, deviceZone, () => null);
  const isElsewhere = here !== null && here !== preferredName(typed || otherZone);
  const take = () => {
    if (!input.current || !here) return;
    input.current.value = here;
    setTyped(here);
    onChosen();
    input.current.focus();
  };
  return (
    <div className="grid gap-1.5">
      <ZoneField
        ref={input}
        required={false}
        optional
        defaultValue={chosen ?? ""}
        placeholder={otherZone}
        hint={hint}
        error={error}
        onChange={(event) => setTyped(event.target.value)}
      />
      {/* Its line is kept free: what this device says is known only once the page is alive. */}
      <p className="label min-h-5">
        {isElsewhere ? (
          <>
            This device is in {here.replaceAll("_", " ")}.{" "}
            <button type="button" onClick={take} className="reach text-ink underline underline-offset-2">
              Use that
            </button>
          </>
        ) : null}
      </p>
    </div>
  );
}
