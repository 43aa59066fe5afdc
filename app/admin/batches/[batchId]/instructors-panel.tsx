"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { Panel } from "@/components/ui/panel";
import { SelectField } from "@/components/ui/select-field";
import { addInstructorAction, removeInstructorAction } from "../actions";

type Person = { id: number; name: string };
type Props = {
  batchId: number;
  instructors: Person[];
  /** Who else could teach it; null for whoever may not decide that. */
  candidates: Person[] | null;
};

/** Who teaches the batch. What they may do there changes with their next request. */
export function InstructorsPanel({ batchId, instructors, candidates }: Props) {
  return (
    <Panel title="Instructors">
      {instructors.length > 0 ? (
        <ul className="text-sm">
          {instructors.map((person) => (
            <li key={person.id} className="flex min-h-9 items-center justify-between gap-3 border-b py-1">
              {person.name}
              {candidates ? <RemoveInstructor batchId={batchId} person={person} /> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">Nobody teaches this batch yet.</p>
      )}
      {candidates ? (
        <div className="mt-3">
          <Dialog
            key={instructors.length}
            trigger="Add"
            title="Add an instructor"
            small
            disabled={candidates.length === 0}
          >
            {(close) => (
              <ActionForm action={addInstructorAction} submit="Add to the batch" onDone={close}>
                {(errors) => (
                  <>
                    <input type="hidden" name="batchId" value={batchId} />
                    <SelectField
                      label="Instructor"
                      name="userId"
                      defaultValue=""
                      required
                      hint="They will edit its students and projects, and see its key and addresses."
                      error={errors.userId}
                    >
                      <option value="">Choose somebody</option>
                      {candidates.map((person) => (
                        <option key={person.id} value={person.id}>
                          {person.name}
                        </option>
                      ))}
                    </SelectField>
                  </>
                )}
              </ActionForm>
            )}
          </Dialog>
        </div>
      ) : null}
    </Panel>
  );
}

function RemoveInstructor({ batchId, person }: { batchId: number; person: Person }) {
  const trigger = (
    <>
      Remove<span className="sr-only"> {person.name}</span>
    </>
  );
  return (
    <Dialog trigger={trigger} title={`Remove ${person.name} from the batch?`} look="quiet" small>
      {(close) => (
        <ActionForm action={removeInstructorAction} submit="Remove" look="danger" onDone={close}>
          {() => (
            <>
              <input type="hidden" name="batchId" value={batchId} />
              <input type="hidden" name="userId" value={person.id} />
              <p className="text-sm">
                From their next request on they see neither its key nor the addresses of its students, and change
                nothing in it.
              </p>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
