"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { SelectField } from "@/components/ui/select-field";
import { roles } from "@/db/enums";
import type { UserDetail } from "@/db/queries/user-detail";
import { changeRoleAction } from "./actions";
import { Said, useSaid } from "./said";

/** Another role; who becomes a student for the first time is asked for a batch. */
export function RoleForm({ user }: { user: UserDetail }) {
  const [said, say] = useSaid();
  const [picked, setPicked] = useState<string | null>(null);
  return (
    <div className="grid gap-2">
      <ActionForm
        key={user.version}
        action={changeRoleAction}
        submit="Change the role"
        look="plain"
        version={user.version}
        onDone={() => say("The role is changed.")}
      >
        {(fields) => (
          <>
            <input type="hidden" name="userId" value={user.id} />
            <SelectField
              label="Role"
              name="role"
              id="user-role"
              defaultValue={user.role}
              onChange={(event) => setPicked(event.target.value)}
              error={fields.role}
            >
              {roles.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </SelectField>
            {picked === "student" && user.studentId === null ? (
              <SelectField
                label="Batch"
                name="batchId"
                id="user-batch"
                defaultValue=""
                error={fields.batchId}
                hint="A student belongs to a batch."
              >
                <option value="">Choose a batch</option>
                {user.batches.map((batch) => (
                  <option key={batch.id} value={batch.id}>
                    {batch.name}
                  </option>
                ))}
              </SelectField>
            ) : null}
          </>
        )}
      </ActionForm>
      <Said words={said} />
    </div>
  );
}
