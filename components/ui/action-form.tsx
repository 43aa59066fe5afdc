"use client";

import { type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import type { ActionResult } from "@/lib/errors";
import { Button } from "./button";

export type FormAction = (previous: ActionResult | null, data: FormData) => Promise<ActionResult>;

type Props = {
  action: FormAction;
  submit: string;
  children: (fields: Record<string, string>) => ReactNode;
  className?: string;
  /** Plain where the form is not what people came to the page for, danger where it takes something away. */
  look?: "primary" | "plain" | "danger";
};

/**
 * A form around a server action. What was typed stays after a refusal, messages stand beside their fields and the first
 * one gets the focus. Works before any script has loaded, too.
 */
export function ActionForm({ action, submit, children, className = "grid gap-4", look = "primary" }: Props) {
  const [result, run, pending] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  const refused = result && !result.ok ? result : null;
  const fields = refused?.fields ?? {};

  useEffect(() => {
    if (!refused) return;
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (invalid ?? form.current?.querySelector<HTMLElement>("[data-form-message]"))?.focus();
  }, [refused]);

  return (
    <form
      ref={form}
      action={run}
      className={className}
      noValidate
      onSubmit={(event) => {
        // Submitting by hand keeps React from resetting the fields once the action answers.
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        startTransition(() => run(data));
      }}
    >
      {refused && Object.keys(fields).length === 0 ? (
        <p role="alert" data-form-message tabIndex={-1} className="border-l-2 border-bad pl-3 text-sm text-bad">
          {refused.message}
        </p>
      ) : null}
      {children(fields)}
      <Button type="submit" look={look} disabled={pending} className="w-full">
        {pending ? "One moment…" : submit}
      </Button>
    </form>
  );
}
