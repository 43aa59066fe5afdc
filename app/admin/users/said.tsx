"use client";

import { useEffect, useRef, useState } from "react";

type Words = { text: string; turn: number } | null;

/** What was said last, and how to say something; the same words twice are said twice. */
export function useSaid() {
  const [said, setSaid] = useState<Words>(null);
  const say = (text: string) => setSaid((old) => ({ text, turn: (old?.turn ?? 0) + 1 }));
  return [said, say] as const;
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
