"use client";

import type { FormAction } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SelectField } from "@/components/ui/select-field";

type Props = {
  action: FormAction;
  studentId: number;
  /** Of the shown enrolment; undefined without one. */
  version: number | undefined;
  name: string;
  batches: { id: number; name: string }[];
  enrolled: boolean;
};

/** Another batch, from a day on, in a dialog; who is enrolled nowhere now is enrolled by it. */
export function MoveStudent({ action, studentId, version, name, batches, enrolled }: Props) {
  return (
    <FormDialog
      trigger={enrolled ? "Move" : "Enrol"}
      title={enrolled ? `Move ${name} to another batch` : `Enrol ${name} in a batch`}
      action={action}
      submit={enrolled ? "Move" : "Enrol"}
      {...(version === undefined ? {} : { version })}
    >
      {(fields) => (
        <>
          <input type="hidden" name="studentId" value={studentId} />
          <SelectField id="move-batch" label="Batch" name="batchId" defaultValue="" required error={fields.batchId}>
            <option value="">Choose a batch</option>
            {batches.map((batch) => (
              <option key={batch.id} value={batch.id}>
                {batch.name}
              </option>
            ))}
          </SelectField>
          <Field
            id="move-from"
            label="From"
            name="from"
            type="date"
            optional
            hint="Left empty: from today, or from the day on which the batch begins."
            error={fields.from}
          />
        </>
      )}
    </FormDialog>
  );
}
