"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { changeEmailAction, sendVerificationAction } from "./actions";

export function SendLinkForm({ label }: { label: string }) {
  return (
    <ActionForm action={sendVerificationAction} submit={label} look="plain" className="mt-3 grid gap-3">
      {() => null}
    </ActionForm>
  );
}

export function EmailForm() {
  return (
    <ActionForm action={changeEmailAction} submit="Change e-mail address" look="plain">
      {(fields) => (
        <>
          <Field label="New e-mail" name="email" type="email" autoComplete="email" required error={fields.email} />
          <Field
            id="email-current-password"
            label="Current password"
            name="currentPassword"
            type="password"
            autoComplete="current-password"
            required
            error={fields.currentPassword}
          />
        </>
      )}
    </ActionForm>
  );
}
