"use client";

import { KeyField } from "@/components/account/key-field";
import { ActionForm } from "@/components/ui/action-form";
import { redeemKeyAction } from "./actions";

export function KeyForm() {
  return (
    <ActionForm action={redeemKeyAction} submit="Join your batch">
      {(fields) => <KeyField error={fields.registrationKey} />}
    </ActionForm>
  );
}
