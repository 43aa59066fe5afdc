"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { finishFollowUpAction } from "./actions";

/** One click; the row goes once it is done, and says why when it cannot be. */
export function DoneForm({ noteId, about }: { noteId: number; about: string }) {
  const [result, run, pending] = useActionState(finishFollowUpAction, null);
  return (
    <form action={run} className="flex items-center gap-3">
      <input type="hidden" name="noteId" value={noteId} />
      <Button type="submit" small disabled={pending}>
        Done
        <span className="sr-only"> with {about}</span>
      </Button>
      {result && !result.ok ? (
        <p role="alert" className="text-sm text-bad">
          {result.message}
        </p>
      ) : null}
    </form>
  );
}
