"use client";

import { ActionForm } from "@/components/ui/action-form";
import { AccountFields } from "./account-fields";
import { signUpAction } from "./actions";

export function SignUpForm() {
  return (
    <ActionForm action={signUpAction} submit="Create account">
      {(fields) => <AccountFields fields={fields} />}
    </ActionForm>
  );
}
