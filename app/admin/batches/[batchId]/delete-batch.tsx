"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SelectField } from "@/components/ui/select-field";
import type { BatchHoldings } from "@/db/queries/batch-deletion";
import { archiveBatchAction, deleteBatchAction } from "../actions";
import { many, takenAlong } from "./deletion-words";

type Props = {
  batchId: number;
  name: string;
  archived: boolean;
  holdings: BatchHoldings;
  targets: { id: number; name: string }[];
};

type Choice = "archive" | "delete";

/** Names what would go with the batch, and where its students could go; or archives it instead; or nothing. */
export function DeleteBatch({ batchId, name, archived, holdings, targets }: Props) {
  const choice = holdings.enrolments > 0 && !archived;
  const [what, setWhat] = useState<Choice>(choice ? "archive" : "delete");
  const { students } = holdings;
  const goes = takenAlong(holdings);
  const moves = `Move its ${many(students, "student", "students")} and delete it`;
  const options: [Choice, string][] = [
    ["archive", "Archive it instead: everything stays, the list leaves it out, its key lets nobody in"],
    ["delete", students > 0 ? moves : "Delete it"],
  ];
  return (
    <Dialog trigger="Delete" title={`Delete ${name}?`} look="quiet" small>
      {(close) => (
        <div className="grid gap-4">
          {choice ? (
            <fieldset className="grid gap-1">
              <legend className="sr-only">What should happen</legend>
              {options.map(([value, label]) => (
                <label key={value} className="tap flex items-start gap-2.5 py-1 text-sm">
                  <input
                    type="radio"
                    name="what"
                    value={value}
                    checked={what === value}
                    onChange={() => setWhat(value)}
                    className="mt-0.5 size-4 accent-accent"
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          ) : null}
          <ActionForm
            key={what}
            action={what === "archive" ? archiveBatchAction : deleteBatchAction}
            submit={what === "archive" ? "Archive the batch" : students > 0 ? "Move and delete" : "Delete the batch"}
            look={what === "archive" ? "primary" : "danger"}
            onDone={close}
          >
            {(errors) => (
              <>
                <input type="hidden" name="batchId" value={batchId} />
                {what === "archive" ? (
                  <input type="hidden" name="archived" value="on" />
                ) : (
                  <DeleteFields holdings={holdings} targets={targets} error={errors.moveTo} goes={goes} />
                )}
              </>
            )}
          </ActionForm>
          <Button onClick={close}>Leave everything as it is</Button>
        </div>
      )}
    </Dialog>
  );
}

type FieldsProps = Pick<Props, "holdings" | "targets"> & { error: string | undefined; goes: string[] };

function DeleteFields({ holdings, targets, error, goes }: FieldsProps) {
  return (
    <>
      {(["students", "enrolments", "projects", "assignments"] as const).map((each) => (
        <input key={each} type="hidden" name={each} value={holdings[each]} />
      ))}
      {holdings.students > 0 ? (
        <SelectField label="They go to" name="moveTo" defaultValue="" required error={error}>
          <option value="">Choose a batch</option>
          {targets.map((target) => (
            <option key={target.id} value={target.id}>
              {target.name}
            </option>
          ))}
        </SelectField>
      ) : null}
      {goes.length > 0 ? (
        <div className="text-sm">
          <p>This goes with it and cannot be brought back:</p>
          <ul className="mt-1 list-disc pl-5">
            {goes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="text-sm">Nobody was ever in it, and nothing hangs on it. It cannot be brought back.</p>
      )}
    </>
  );
}
