"use client";

import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";

/** What every sign-up asks. The browser's time zone rides along, so that a person's days are their own from the start. */
export function AccountFields({ fields }: { fields: Record<string, string> }) {
  const [timeZone, setTimeZone] = useState("");
  useEffect(() => setTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return (
    <>
      <Field label="Name" name="name" autoComplete="name" required maxLength={100} error={fields.name} />
      <Field label="E-mail" name="email" type="email" autoComplete="email" required error={fields.email} />
      <Field label="Phone" name="phone" type="tel" autoComplete="tel" optional error={fields.phone} />
      <PasswordField error={fields.password} />
      <input type="hidden" name="timeZone" value={timeZone} />
    </>
  );
}
