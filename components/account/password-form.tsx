"use client";

import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { PasswordField } from "@/components/ui/password-field";
import { CurrentPassword } from "./current-password";

export function PasswordForm({ action, email }: { action: FormAction; email: string }) {
  return (
    <ActionForm action={action} submit="Change password" look="plain">
      {(fields) => (
        <>
          <CurrentPassword id="password-current-password" email={email} error={fields.currentPassword} />
          <PasswordField label="New password" error={fields.password} />
          <p className="label">You stay signed in here, and are signed out everywhere else.</p>
        </>
      )}
    </ActionForm>
  );
}
