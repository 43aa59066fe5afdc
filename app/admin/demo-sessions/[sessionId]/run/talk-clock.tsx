"use client";

import clsx from "clsx";
import { Pause, Play, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { clockWords, TALK_MINUTES } from "./talk";
import type { useTalk } from "./use-talk";

/** How long the presentation has lasted. It says so once when the time is over; the colour alone says nothing. */
export function TalkClock({ talk }: { talk: ReturnType<typeof useTalk> }) {
  const { ms, over, running, toggle, reset } = talk;
  return (
    <div className={clsx("grid gap-1 border-y py-3", over && "border-bad")}>
      <div className="flex items-center gap-3">
        <span role="timer" className={clsx("text-4xl font-medium tracking-tight", over && "text-bad")}>
          {clockWords(ms)}
        </span>
        <span className="ml-auto flex gap-2">
          <Button onClick={toggle} className="h-11">
            {running ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
            {running ? "Stop" : "Start"}
            <span className="sr-only"> the clock</span>
          </Button>
          <Button look="quiet" onClick={reset} disabled={ms === 0} className="h-11">
            <RotateCcw aria-hidden className="size-4" />
            <span className="sr-only">Clock back to zero</span>
          </Button>
        </span>
      </div>
      <p role="status" className={clsx("min-h-5 text-sm", over ? "font-medium text-bad" : "text-muted")}>
        {over ? `${TALK_MINUTES} minutes are over` : `of ${TALK_MINUTES} minutes`}
      </p>
    </div>
  );
}
