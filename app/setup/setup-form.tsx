"use client";

import { useEffect, useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { ZoneField } from "@/components/ui/zone-field";
import { claimAcademyAction } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const zone = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (zone.current && !zone.current.value) zone.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return (
    <ActionForm action={claimAcademyAction} submit="Open the academy">
      {(fields) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field label="Academy" name="academyName" required maxLength={100} error={fields.academyName} />
          <ZoneField
            ref={zone}
            error={fields.timeZone}
            hint="Where the academy is; batches and people can have their own."
          />
          <Field label="Your name" name="name" autoComplete="name" required maxLength={100} error={fields.name} />
          <Field label="Your e-mail" name="email" type="email" autoComplete="email" required error={fields.email} />
          <PasswordField error={fields.password} />
        </>
      )}
    </ActionForm>
  );
}
