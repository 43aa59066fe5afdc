"use client";

import { ActionForm, type FormAction } from "@/components/ui/action-form";

export function KeepAccount({ action }: { action: FormAction }) {
  return (
    <ActionForm action={action} submit="Keep my account" look="plain" className="grid gap-3">
      {() => null}
    </ActionForm>
  );
}
