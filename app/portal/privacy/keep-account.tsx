"use client";

import { ActionForm } from "@/components/ui/action-form";
import { cancelDeletionAction } from "./actions";

export function KeepAccount() {
  return (
    <ActionForm action={cancelDeletionAction} submit="Keep my account" look="plain" className="grid gap-3">
      {() => null}
    </ActionForm>
  );
}
