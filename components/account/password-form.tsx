"use client";

import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";

export function PasswordForm({ action, email }: { action: FormAction; email: string }) {
  return (
    <ActionForm action={action} submit="Change password" look="plain">
      {(fields) => (
        <>
          {/* For password managers: whose password this is. */}
          <input hidden type="text" name="username" autoComplete="username" value={email} readOnly />
          <Field
            id="password-current-password"
            label="Current password"
            name="currentPassword"
            type="password"
            autoComplete="current-password"
            required
            error={fields.currentPassword}
          />
          <PasswordField label="New password" error={fields.password} />
          <p className="label">You stay signed in here, and are signed out everywhere else.</p>
        </>
      )}
    </ActionForm>
  );
}
