"use client";

import { useId } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/text-field";
import type { UserDetail } from "@/db/queries/user-detail";
import { disableUserAction, editUserAction, enableUserAction, sendResetAction, signOutUserAction } from "./actions";
import { Said, useSaid } from "./said";

type OfUser = { user: UserDetail };

export function EditUserForm({ user, withEmail }: OfUser & { withEmail: boolean }) {
  const [said, say] = useSaid();
  return (
    <div className="grid gap-2">
      {/* What stands in the fields belongs to the version that is sent along. */}
      <ActionForm
        key={user.version}
        action={editUserAction}
        submit="Save"
        look="plain"
        version={user.version}
        onDone={() => say("Saved.")}
      >
        {(fields) => (
          <>
            <input type="hidden" name="userId" value={user.id} />
            <Field
              label="Name"
              name="name"
              id="user-name"
              defaultValue={user.name}
              maxLength={100}
              error={fields.name}
            />
            {withEmail ? (
              <Field
                label="E-mail"
                name="email"
                id="user-email"
                type="email"
                defaultValue={user.email ?? ""}
                error={fields.email}
                hint="Another address counts as not confirmed."
              />
            ) : null}
            <Field
              label="Phone"
              name="phone"
              id="user-phone"
              type="tel"
              defaultValue={user.phone ?? ""}
              error={fields.phone}
              optional
            />
          </>
        )}
      </ActionForm>
      <Said words={said} />
    </div>
  );
}

type OneClickProps<T> = OfUser & { action: FormAction<T>; submit: string; words: string | ((data: T) => string) };

function OneClick<T>({ user, action, submit, words }: OneClickProps<T>) {
  const [said, say] = useSaid();
  return (
    <div className="grid gap-1">
      <ActionForm
        action={action}
        submit={submit}
        look="plain"
        onDone={(data) => say(typeof words === "string" ? words : words(data))}
      >
        {() => <input type="hidden" name="userId" value={user.id} />}
      </ActionForm>
      <Said words={said} />
    </div>
  );
}

export const ResetForm = ({ user }: OfUser) => (
  <OneClick
    user={user}
    action={sendResetAction}
    submit="Mail a link for a new password"
    words={({ email }) => `A link is on its way to ${email}.`}
  />
);

export const SignOutForm = ({ user }: OfUser) => (
  <OneClick user={user} action={signOutUserAction} submit="Sign out everywhere" words="Signed out everywhere." />
);

export const EnableForm = ({ user }: OfUser) => (
  <OneClick user={user} action={enableUserAction} submit="Enable again" words="Enabled." />
);

export function DisableForm({ user }: OfUser) {
  return (
    <Dialog trigger="Disable…" title={`Disable ${user.name}`} look="danger">
      {(close) => (
        <ActionForm action={disableUserAction} submit="Disable" look="danger" onDone={close}>
          {(fields) => (
            <>
              <input type="hidden" name="userId" value={user.id} />
              <p className="text-sm text-muted">
                They are signed out everywhere at once and cannot sign in again. Nothing is deleted.
              </p>
              <ReasonField error={fields.reason} />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

export function ReasonField({ error }: { error?: string | undefined }) {
  return (
    <TextField
      label="Reason"
      name="reason"
      id={useId()}
      rows={2}
      maxLength={500}
      error={error}
      hint="Staff see it, and the audit log keeps it."
    />
  );
}
