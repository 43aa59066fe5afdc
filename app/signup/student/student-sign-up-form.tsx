"use client";

import { KeyField } from "@/components/account/key-field";
import { ActionForm } from "@/components/ui/action-form";
import { AccountFields } from "../account-fields";
import { signUpStudentAction } from "../actions";

export function StudentSignUpForm() {
  return (
    <ActionForm action={signUpStudentAction} submit="Join your batch">
      {(fields) => (
        <>
          <KeyField error={fields.registrationKey} />
          <AccountFields fields={fields} />
        </>
      )}
    </ActionForm>
  );
}
