"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { Glyph } from "./glyph";

type Props = {
  /** A path that begins with / is copied with this site in front of it. */
  text: string;
  /** What it does, for those who see no icon: "Copy the key". */
  label: string;
  /** The words on the button; without them it is an icon in a line of text. */
  children?: string;
};

const SHOWN_MS = 2_000;

/** Browsers give the clipboard to secure pages only; others copy what is selected. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

/** Copies a text and says so, to the eye and to a screen reader. */
export function CopyButton({ text, label, children }: Props) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const onClick = async () => {
    const whole = text.startsWith("/") ? window.location.origin + text : text;
    setState((await copy(whole)) ? "copied" : "failed");
  };
  const Icon = state === "copied" ? Check : Copy;
  const said = state === "copied" ? "Copied" : state === "failed" ? "Copying failed" : "";
  return (
    <>
      {children ? (
        <Button small onClick={onClick}>
          <Glyph of={Icon} className={state === "copied" ? "size-3.5 text-good" : "size-3.5 text-muted"} />
          {said || children}
        </Button>
      ) : (
        <button
          type="button"
          onClick={onClick}
          title={label}
          className="reach inline-flex size-6 items-center justify-center rounded text-muted hover:text-ink"
        >
          <Glyph of={Icon} className={state === "copied" ? "size-3.5 text-good" : "size-3.5"} />
          <span className="sr-only">{label}</span>
        </button>
      )}
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
