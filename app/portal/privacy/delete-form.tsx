"use client";

import { CurrentPassword } from "@/components/account/current-password";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { requestDeletionAction } from "./actions";

/** Folded away: nobody comes for this. Opens without any script, and is open where a refusal has to be read. */
export function DeleteForm({ hasPassword, email, days }: { hasPassword: boolean; email: string; days: number }) {
  return (
    <ActionForm
      action={requestDeletionAction}
      submit={`Delete my account in ${days} days`}
      look="danger"
      frame={(form, refused) => (
        <details className="text-sm" open={refused}>
          <summary className="tap inline-flex cursor-pointer items-center font-medium text-muted hover:text-ink">
            Delete my account…
          </summary>
          <div className="mt-3 max-w-md">
            <p className="mb-4 text-muted">
              Nothing happens for {days} days. We mail you now, and once more on the day before; until then one press
              keeps the account as it is. Download your data first if you want to have it.
            </p>
            {form}
          </div>
        </details>
      )}
    >
      {(fields) =>
        hasPassword ? (
          <CurrentPassword email={email} error={fields.currentPassword} />
        ) : (
          <Field
            label="Your e-mail address"
            name="email"
            type="email"
            autoComplete="off"
            required
            hint={`Type ${email}: your account has no password to ask for.`}
            error={fields.email}
          />
        )
      }
    </ActionForm>
  );
}
