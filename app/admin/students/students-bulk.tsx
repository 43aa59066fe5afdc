import { BulkExport } from "@/components/data-table/bulk-export";
import { BulkForm } from "@/components/data-table/bulk-form";
import type { Selection } from "@/components/data-table/selection-bar";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { enrolmentStatuses } from "@/db/enums";
import { studentsList } from "@/lib/lists/students";
import { changeManyAction, moveManyAction } from "./actions";

export type MoveTarget = { id: number; name: string };

type Props = { selection: Selection; targets: MoveTarget[] };

/** What staff do with many students at once; who may not be changed is told with the reason. */
export function StudentsBulk({ selection, targets }: Props) {
  const { noun } = studentsList;
  return (
    <>
      <BulkForm action={moveManyAction} selection={selection} noun={noun} label="Move to a batch" done="moved">
        {(fields) => (
          <>
            <SelectField label="Batch" name="batchId" id="bulk-batch" defaultValue="" error={fields.batchId}>
              <option value="">Choose a batch</option>
              {targets.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
            <FromField id="bulk-move-from" error={fields.from} />
            <p className="text-sm text-muted">
              Coding time before that day stays with the old batch. An open assignment there becomes dropped.
            </p>
          </>
        )}
      </BulkForm>
      <BulkForm action={changeManyAction} selection={selection} noun={noun} label="Change status" done="changed">
        {(fields) => (
          <>
            <SelectField label="New status" name="status" id="bulk-status" defaultValue="" error={fields.status}>
              <option value="">Choose a status</option>
              {enrolmentStatuses
                .filter((status) => status !== "invited")
                .map((status) => (
                  <option key={status} value={status}>
                    {status}
                  </option>
                ))}
            </SelectField>
            <FromField id="bulk-status-from" error={fields.from} />
            <Field label="Reason" name="reason" id="bulk-reason" maxLength={500} optional error={fields.reason} />
          </>
        )}
      </BulkForm>
      <BulkExport selection={selection} />
    </>
  );
}

const FromField = ({ id, error }: { id: string; error?: string | undefined }) => (
  <Field label="From" name="from" id={id} type="date" optional hint="Left empty: from today." error={error} />
);
