"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { AssignmentFields } from "@/components/project/assignment-fields";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/select-field";
import { assignmentStatuses } from "@/db/enums";
import type { AssignmentRow } from "@/db/queries/project-detail";
import { editAssignmentAction, removeAssignmentAction } from "../actions";

/** A student's part of the project: its state, links and offer; or taking them off it. */
export function EditAssignment({ row, onClose }: { row: AssignmentRow; onClose: () => void }) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <header className="mb-4 flex items-start justify-between gap-4">
        <h2 className="text-base font-semibold">{removing ? `Take ${row.name} off the project?` : row.name}</h2>
        <button type="button" onClick={onClose} className="tap -m-2 inline-flex size-9 items-center justify-center">
          <X aria-hidden className="size-4" />
          <span className="sr-only">Close</span>
        </button>
      </header>
      {removing ? (
        <Remove row={row} onBack={() => setRemoving(false)} onClose={onClose} />
      ) : (
        <>
          <ActionForm action={editAssignmentAction} submit="Save" version={row.version} onDone={onClose}>
            {(errors) => (
              <>
                <input type="hidden" name="assignmentId" value={row.id} />
                <SelectField
                  id="assignment-status"
                  label="Status"
                  name="status"
                  defaultValue={row.status}
                  error={errors.status}
                >
                  {assignmentStatuses.map((status) => (
                    <option key={status} value={status}>
                      {status}
                    </option>
                  ))}
                </SelectField>
                <AssignmentFields errors={errors} values={row} of="assignment" />
              </>
            )}
          </ActionForm>
          <Button look="quiet" small className="mt-3 -ml-2.5" onClick={() => setRemoving(true)}>
            Take off the project
          </Button>
        </>
      )}
    </>
  );
}

type RemoveProps = { row: AssignmentRow; onBack: () => void; onClose: () => void };

function Remove({ row, onBack, onClose }: RemoveProps) {
  const kept = [
    row.resumeUrl && "the resume link",
    row.linkedinUrl && "the LinkedIn link",
    row.offerDate && "the offer date",
  ].filter(Boolean);
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        {kept.length > 0 ? `This also takes away ${kept.join(" and ")}. ` : null}
        To keep a record of who was on the project, set the status to dropped instead.
      </p>
      <ActionForm action={removeAssignmentAction} submit="Take off the project" look="danger" onDone={onClose}>
        {() => <input type="hidden" name="assignmentId" value={row.id} />}
      </ActionForm>
      <Button look="quiet" small onClick={onBack} className="justify-self-start">
        Back
      </Button>
    </div>
  );
}
