"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { redeemKeyAction } from "./actions";

export function KeyForm() {
  return (
    <ActionForm action={redeemKeyAction} submit="Join your batch">
      {(fields) => (
        <Field
          label="Registration key"
          name="registrationKey"
          required
          autoComplete="off"
          spellCheck={false}
          error={fields.registrationKey}
        />
      )}
    </ActionForm>
  );
}
