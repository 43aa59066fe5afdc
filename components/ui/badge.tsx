import clsx from "clsx";
import type { ReactNode } from "react";

const TONES = {
  neutral: "text-muted before:bg-strong-line",
  good: "text-good before:bg-good",
  warn: "text-warn before:bg-warn",
  bad: "text-bad before:bg-bad",
  accent: "text-accent before:bg-accent",
};

export type Tone = keyof typeof TONES;

/** A state in words, with a dot in its colour: the words alone say everything. Inline: a narrow cell cuts the words. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={clsx(
        "text-sm whitespace-nowrap before:mr-1.5 before:inline-block before:size-1.5 before:rounded-full before:align-[0.0625rem] before:content-['']",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
