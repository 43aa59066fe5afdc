"use client";

import { useId, useState } from "react";
import type { Change } from "./mark-queue";
import { TYPING_MS } from "./use-marks";

type Props = {
  signup: { id: number; name: string; notes: string | null };
  onMark: (change: Change, delayMs: number) => void;
  rows?: number;
};

const MOST_CHARS = 4_000;

/** Feedback that is saved as it is typed. While somebody types here, nothing that comes from elsewhere interferes. */
export function FeedbackField({ signup, onMark, rows = 2 }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="label">
        Feedback<span className="sr-only"> for {signup.name}</span>, which the student reads
      </label>
      <textarea
        id={id}
        rows={rows}
        maxLength={MOST_CHARS}
        className="control h-auto w-full py-1.5"
        value={typed ?? signup.notes ?? ""}
        onFocus={() => setTyped(signup.notes ?? "")}
        onBlur={() => setTyped(null)}
        onChange={({ target: { value } }) => {
          setTyped(value);
          onMark({ notes: value }, TYPING_MS);
        }}
      />
    </div>
  );
}
