"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { requestResetAction } from "./actions";

export function ResetRequestForm() {
  return (
    <ActionForm action={requestResetAction} submit="Mail me a link">
      {(fields) => (
        <Field label="E-mail" name="email" type="email" autoComplete="username" required error={fields.email} />
      )}
    </ActionForm>
  );
}
