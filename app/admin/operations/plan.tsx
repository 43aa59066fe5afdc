"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { explainAction } from "./actions";

/** How Postgres would go about a statement, asked for when somebody wants to know. */
export function Plan({ statement, begins }: { statement: string; begins: string }) {
  const [plan, setPlan] = useState<string | null>(null);
  return (
    <Dialog
      trigger={
        <>
          Plan<span className="sr-only"> of {begins}</span>
        </>
      }
      title="How Postgres would run it"
      look="quiet"
      small
    >
      {() => (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 whitespace-normal">
          <p className="text-xs wrap-anywhere text-muted">
            <code>{begins}…</code> without the values of its parameters. Nothing is run.
          </p>
          {plan === null ? (
            <ActionForm action={explainAction} submit="Ask for the plan" onDone={setPlan}>
              {() => <input type="hidden" name="statement" value={statement} />}
            </ActionForm>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            <pre tabIndex={0} className="max-h-[60dvh] overflow-auto text-xs leading-relaxed">
              {plan}
            </pre>
          )}
        </div>
      )}
    </Dialog>
  );
}
