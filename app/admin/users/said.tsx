"use client";

import { useEffect, useRef, useState } from "react";
import type { FormAction } from "@/components/ui/action-form";

type Words = { text: string; turn: number } | null;

/** The same action, and what to say once it has worked; the form itself may be a new one by then. */
export function useSaid<T>(action: FormAction<T>, words: string | ((data: T) => string)) {
  const [said, setSaid] = useState<Words>(null);
  const run: FormAction<T> = async (previous, data) => {
    const result = await action(previous, data);
    if (result.ok) {
      const text = typeof words === "string" ? words : words(result.data);
      setSaid((old) => ({ text, turn: (old?.turn ?? 0) + 1 }));
    } else setSaid(null);
    return result;
  };
  return [run, said] as const;
}

/** Says what has been done, and takes the focus from the form that is no more. */
export function Said({ words }: { words: Words }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (words) line.current?.focus();
  }, [words]);
  return (
    <p ref={line} role="status" tabIndex={-1} className="text-sm text-good outline-none">
      {words?.text}
    </p>
  );
}
