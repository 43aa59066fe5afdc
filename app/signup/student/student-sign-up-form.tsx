"use client";

import { useEffect } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { AccountFields } from "../account-fields";
import { signUpStudentAction } from "../actions";

export function StudentSignUpForm({ registrationKey }: { registrationKey: string }) {
  // The key came with the link; it need not stay in the address bar, the history or a shared screen.
  useEffect(() => {
    if (window.location.search) window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return (
    <ActionForm action={signUpStudentAction} submit="Join your batch">
      {(fields) => (
        <>
          <Field
            label="Registration key"
            name="registrationKey"
            defaultValue={registrationKey}
            required
            autoComplete="off"
            spellCheck={false}
            error={fields.registrationKey}
            hint="From your academy, by link or on paper."
          />
          <AccountFields fields={fields} />
        </>
      )}
    </ActionForm>
  );
}
