"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { changePasswordAction } from "./actions";

export function PasswordForm({ email }: { email: string }) {
  return (
    <ActionForm action={changePasswordAction} submit="Change password" look="plain">
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
        </>
      )}
    </ActionForm>
  );
}
