"use client";

import { useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";

/** The key of a link `#key=…`; the part after # never leaves the browser, so no log has it. */
const keyInAddress = () => new URLSearchParams(window.location.hash.slice(1)).get("key");

/** A batch's registration key, typed or taken from the link that was followed. */
export function KeyField({ error }: { error: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const take = () => {
      const key = keyInAddress();
      if (!key || !input.current) return;
      input.current.value = key.slice(0, 64);
      // It need not stay in the address bar, the history or a shared screen.
      window.history.replaceState(null, "", window.location.pathname);
    };
    take();
    // A link that is followed while the page is open.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return (
    <Field
      ref={input}
      label="Registration key"
      name="registrationKey"
      required
      autoComplete="off"
      spellCheck={false}
      error={error}
      hint="From your academy, by link or on paper."
    />
  );
}
