"use client";

import clsx from "clsx";
import { CloudOff, RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { QueueState, Trouble } from "./mark-queue";
import { many } from "./session-page-words";

const TROUBLES: Record<Trouble, string> = {
  offline: "No connection",
  busy: "The server is busy",
  "signed-out": "You are signed out",
};

type Props = { state: QueueState; onRetry: () => void; nameOf: (signupId: number) => string };

/** Where the marks are that were made here: on their way, waiting for the network, saved, refused. Never says more than is true. */
export function SendingState({ state: { waiting, trouble, refusal, kept, settled }, onRetry, nameOf }: Props) {
  const count = waiting.length;
  const words =
    count === 0
      ? settled.size > 0
        ? "All saved"
        : ""
      : trouble
        ? `${TROUBLES[trouble]}: ${many(count, "mark")} kept ${kept ? "on this device" : "as long as this page is open"}`
        : "Saving…";
  const stuck = trouble !== null && count > 0;
  return (
    <div className="grid gap-1 text-sm">
      <div className="flex items-center justify-between gap-x-3">
        <p
          role="status"
          data-sending={count}
          className={clsx("flex min-w-0 items-center gap-1.5 empty:hidden", stuck ? "text-warn" : "text-muted")}
        >
          {stuck ? <CloudOff aria-hidden className="size-4 shrink-0" /> : null}
          {words}
        </p>
        {stuck && trouble === "signed-out" ? (
          <a href="/login" target="_blank" rel="noreferrer" className="tap inline-flex items-center underline">
            Sign in again
          </a>
        ) : null}
        {stuck ? (
          <Button small look="quiet" onClick={onRetry}>
            <RefreshCw aria-hidden className="size-3.5" />
            Try now
          </Button>
        ) : null}
      </div>
      {refusal ? (
        <div role="alert" className="border-l-2 border-bad pl-3 text-bad">
          <p>
            {nameOf(refusal.signupId)}: {refusal.message} Your mark was not kept.
          </p>
          {refusal.notes ? <p className="break-words whitespace-pre-line">You had written: {refusal.notes}</p> : null}
        </div>
      ) : null}
    </div>
  );
}
