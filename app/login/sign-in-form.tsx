"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { signInAction } from "./actions";

export function SignInForm({ next }: { next: string | null }) {
  return (
    <ActionForm action={signInAction} submit="Sign in">
      {(fields) => (
        <>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <Field label="E-mail" name="email" type="email" autoComplete="username" required error={fields.email} />
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            error={fields.password}
          />
        </>
      )}
    </ActionForm>
  );
}
