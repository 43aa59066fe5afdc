"use client";

import { type ReactNode, useState } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";

type Props = {
  action: FormAction;
  submit: string;
  version?: number;
  look?: "primary" | "plain" | "danger";
  /** Said once it has worked. */
  done: string;
  children: (fields: Record<string, string>) => ReactNode;
};

/** A form of this page that stays where it is, and says when it has worked. */
export function SavedForm({ action, submit, version, look = "plain", done, children }: Props) {
  const [saved, setSaved] = useState(false);
  return (
    <div className="grid content-start gap-2" onInput={() => setSaved(false)}>
      <ActionForm
        action={action}
        submit={submit}
        look={look}
        className="grid gap-3"
        {...(version !== undefined && { version })}
        onDone={() => setSaved(true)}
      >
        {children}
      </ActionForm>
      <p role="status" className="text-sm text-good empty:hidden">
        {saved ? done : null}
      </p>
    </div>
  );
}
