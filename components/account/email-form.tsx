"use client";

import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";

type Props = { action: FormAction };

/** A form of one button: another link to the address that waits. */
export function SendLinkForm({ action, label }: Props & { label: string }) {
  return (
    <ActionForm action={action} submit={label} look="plain" className="mt-3 grid gap-3">
      {() => null}
    </ActionForm>
  );
}

export function EmailForm({ action }: Props) {
  return (
    <ActionForm action={action} submit="Change e-mail address" look="plain">
      {(fields) => (
        <>
          <Field
            label="New e-mail"
            name="email"
            type="email"
            autoComplete="email"
            required
            hint="It changes once you follow the link that we mail there; the present address is told."
            error={fields.email}
          />
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
