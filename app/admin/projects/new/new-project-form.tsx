"use client";

import { ActionForm } from "@/components/ui/action-form";
import { SelectField } from "@/components/ui/select-field";
import { createProjectAction } from "../actions";
import { ProjectFields } from "../project-fields";

type Props = { batches: { id: number; name: string }[]; batchId: number | null };

export function NewProjectForm({ batches, batchId }: Props) {
  return (
    <ActionForm action={createProjectAction} submit="Create project" className="grid max-w-md gap-4">
      {(errors) => (
        <>
          <SelectField
            label="Batch"
            name="batchId"
            required
            defaultValue={batchId ?? ""}
            hint="Stays with the project."
            error={errors.batchId}
          >
            <option value="">Choose a batch</option>
            {batches.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <ProjectFields errors={errors} />
        </>
      )}
    </ActionForm>
  );
}
