"use client";

import { useEffect, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { PasswordField } from "@/components/ui/password-field";
import { acceptInvitationAction } from "./actions";

export function AcceptForm({ token, email }: { token: string; email: string }) {
  const [timeZone, setTimeZone] = useState("");
  useEffect(() => {
    // The link's secret need not stay in the address bar, the history or a shared screen.
    window.history.replaceState(null, "", window.location.pathname);
    setTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  return (
    <ActionForm action={acceptInvitationAction} submit="Accept and sign in">
      {(fields) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="timeZone" value={timeZone} />
          {/* For password managers: whose password this is. */}
          <input hidden type="text" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField label="Choose a password" error={fields.password} />
        </>
      )}
    </ActionForm>
  );
}
