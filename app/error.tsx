"use client";

import { Button } from "@/components/ui/button";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** A failed page says so, with the request's id, under which the log has it (lib/observability/console-errors.ts). */
export default function PageError({ error, retry }: Props) {
  return (
    <div className="mx-auto max-w-sm px-4 py-20" role="alert">
      <h1 className="text-xl font-semibold tracking-tight">This page did not load</h1>
      <p className="mt-1.5 text-muted">Something went wrong on our side; nothing you entered is lost.</p>
      {error.digest ? (
        <p className="mt-1.5 text-muted">
          If it stays, tell your academy this id: <code className="text-sm break-all text-ink">{error.digest}</code>
        </p>
      ) : null}
      <Button className="mt-5" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
