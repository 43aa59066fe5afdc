import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { projectStatuses } from "@/db/enums";
import type { ProjectContent } from "@/db/queries/project-detail";

type Props = {
  errors: Record<string, string>;
  values?: ProjectContent;
  onStatus?: (status: string) => void;
};

/** What a project is, for the form that makes one and the form that changes one. */
export function ProjectFields({ errors, values, onStatus }: Props) {
  return (
    <>
      <Field label="Name" name="name" required maxLength={120} defaultValue={values?.name} error={errors.name} />
      <TextField
        label="Description"
        name="description"
        optional
        maxLength={2_000}
        rows={3}
        defaultValue={values?.description ?? ""}
        error={errors.description}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="First day"
          name="startDate"
          type="date"
          required
          defaultValue={values?.startDate}
          error={errors.startDate}
        />
        <Field
          label="Last day"
          name="endDate"
          type="date"
          optional
          defaultValue={values?.endDate ?? ""}
          error={errors.endDate}
        />
      </div>
      <Field
        label="Happy hour"
        name="happyHour"
        optional
        maxLength={120}
        hint="When the team meets, such as “Thursdays 17:00”."
        defaultValue={values?.happyHour ?? ""}
        error={errors.happyHour}
      />
      <SelectField
        label="Status"
        name="status"
        defaultValue={values?.status ?? "planning"}
        error={errors.status}
        onChange={(event) => onStatus?.(event.target.value)}
      >
        {projectStatuses.map((status) => (
          <option key={status} value={status}>
            {status}
          </option>
        ))}
      </SelectField>
    </>
  );
}
