"use client";

import { startTransition, useActionState, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { inviteAction, resendAction } from "./actions";
import type { BatchOption } from "./import-desk";

export function InviteForm({ batches }: { batches: BatchOption[] }) {
  const [role, setRole] = useState("student");
  const [invited, setInvited] = useState<string[]>([]);
  return (
    <>
      {/* Anew after each one, so that the next person starts from empty fields. */}
      <ActionForm
        key={invited.length}
        action={inviteAction}
        submit="Invite by mail"
        look="plain"
        onDone={({ email }) => setInvited((before) => [...before, email])}
      >
        {(fields) => (
          <>
            <Field id="invite-name" label="Name" name="name" maxLength={100} required error={fields.name} />
            <Field id="invite-email" label="E-mail" name="email" type="email" required error={fields.email} />
            <SelectField
              id="invite-role"
              label="Role"
              name="role"
              value={role}
              error={fields.role}
              onChange={(event) => setRole(event.target.value)}
            >
              <option value="student">student</option>
              <option value="instructor">instructor</option>
            </SelectField>
            {role === "student" ? (
              <SelectField id="invite-batch" label="Batch" name="batchId" defaultValue="" error={fields.batchId}>
                <option value="">Choose a batch</option>
                {batches.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </SelectField>
            ) : null}
          </>
        )}
      </ActionForm>
      <p role="status" className="mt-3 text-sm text-good">
        {invited.length > 0 ? `The invitation to ${invited.at(-1)} is on its way.` : null}
      </p>
    </>
  );
}

export function ResendForm({ userId, name }: { userId: number; name: string }) {
  const [result, run, pending] = useActionState(resendAction, null);
  return (
    <form
      action={run}
      className="flex flex-wrap items-center justify-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        startTransition(() => run(data));
      }}
    >
      <input type="hidden" name="userId" value={userId} />
      <span role="status" className={result && !result.ok ? "text-bad" : "text-good"}>
        {result ? (result.ok ? "Sent again" : result.message) : null}
      </span>
      <Button type="submit" small disabled={pending}>
        Send again <span className="sr-only">to {name}</span>
      </Button>
    </form>
  );
}
