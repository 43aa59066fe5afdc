"use client";

import { Button } from "@/components/ui/button";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A failed page says so, with the id under which the log has it. */
export default function PageError({ error, reset }: Props) {
  return (
    <div className="mx-auto max-w-sm px-4 py-20" role="alert">
      <h1 className="text-xl font-semibold tracking-tight">This page did not load</h1>
      <p className="mt-1.5 text-muted">
        Something went wrong on our side; nothing you entered is lost.
        {error.digest ? ` If it stays, tell your academy this id: ${error.digest}.` : null}
      </p>
      <Button className="mt-5" onClick={reset}>
        Try again
      </Button>
    </div>
  );
}
