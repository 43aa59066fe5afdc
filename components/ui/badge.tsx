import type { ReactNode } from "react";

const TONES = {
  neutral: "badge text-muted before:bg-strong-line",
  good: "badge text-good",
  warn: "badge text-warn",
  bad: "badge text-bad",
  accent: "badge text-accent",
};

export type Tone = keyof typeof TONES;

/** A state in words, with a dot in its colour: the words alone say everything. Inline: a narrow cell cuts the words. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={TONES[tone]}>{children}</span>;
}
