"use client";

import clsx from "clsx";
import { type RefObject, useCallback, useState } from "react";

export type Told = { words: string; times: number };

/** What came of the last thing one did; the same words told twice are two things told. */
export function useTold(): [told: Told, tell: (words: string) => void] {
  const [told, setTold] = useState<Told>({ words: "", times: 0 });
  const tell = useCallback((words: string) => setTold(({ times }) => ({ words, times: times + 1 })), []);
  return [told, tell];
}

type Props = {
  told: Told;
  failed?: boolean;
  className?: string;
  /** Where the focus goes when what was pressed is gone. */
  ref?: RefObject<HTMLParagraphElement | null>;
};

/**
 * Says it as it happens. Each time it is a new node, which is read out although the words are those of the last time,
 * and lit for a moment, so that it is seen to be new.
 */
export function ToldLine({ told: { words, times }, failed = false, className, ref }: Props) {
  return (
    <p
      ref={ref}
      role="status"
      tabIndex={ref ? -1 : undefined}
      className={clsx("text-sm", failed ? "text-bad" : "text-good", className)}
    >
      {words ? (
        <span key={times} className="transition-colors duration-1000 starting:bg-sunken">
          {words}
        </span>
      ) : null}
    </p>
  );
}
