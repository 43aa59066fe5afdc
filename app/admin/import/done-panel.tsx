"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { Applied } from "./roster-call";

/** What has been done; the focus goes here, because what had it is gone. */
export function DonePanel({ applied: { counts, invited }, onAgain }: { applied: Applied; onAgain: () => void }) {
  const message = useRef<HTMLParagraphElement>(null);
  useEffect(() => message.current?.focus(), []);
  const numbers: [string, number][] = [
    ["new", counts.new],
    ["changed", counts.changed],
    ["the same", counts.same],
    ["left out with errors", counts.error],
    ["invited by mail", invited],
  ];
  return (
    <Panel title="Imported">
      <p ref={message} tabIndex={-1} role="status" className="border-l-2 border-good pl-3 text-sm">
        The import is done. Importing the same list again changes nothing.
      </p>
      <dl className="my-4 grid grid-cols-2 sm:grid-cols-5">
        {numbers.map(([label, value]) => (
          <Figure key={label} label={label}>
            <dd className="text-xl font-semibold tracking-tight">{formatCount(value)}</dd>
          </Figure>
        ))}
      </dl>
      <Button onClick={onAgain}>Import another list</Button>
    </Panel>
  );
}
