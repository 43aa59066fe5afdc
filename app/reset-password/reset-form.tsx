"use client";

import { useEffect } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { PasswordField } from "@/components/ui/password-field";
import { resetPasswordAction } from "./actions";

export function ResetForm({ token, email }: { token: string; email: string }) {
  // The link's secret need not stay in the address bar, the history or a shared screen.
  useEffect(() => window.history.replaceState(null, "", window.location.pathname), []);
  return (
    <ActionForm action={resetPasswordAction} submit="Set the new password">
      {(fields) => (
        <>
          <input type="hidden" name="token" value={token} />
          {/* For password managers: whose password this is. */}
          <input hidden type="text" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField label="New password" error={fields.password} />
        </>
      )}
    </ActionForm>
  );
}
