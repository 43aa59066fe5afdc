"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { ToldLine, useTold } from "@/components/ui/told-line";

const Telling = createContext<(text: string) => void>(() => {});

/** For what changes something on this page: says what came of it, also once the thing itself is gone. */
export const useTelling = () => useContext(Telling);

type Props = { beside: ReactNode; children: ReactNode };

/** Around everything that has something to tell; the line in which it is told stands beside the page's own button. */
export function Told({ beside, children }: Props) {
  const [told, tell] = useTold();
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone: whoever uses a keyboard goes on from here.
    if (told.words && document.activeElement === document.body) line.current?.focus();
  }, [told]);
  return (
    <Telling value={tell}>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {beside}
        <ToldLine told={told} ref={line} />
      </div>
      {children}
    </Telling>
  );
}
