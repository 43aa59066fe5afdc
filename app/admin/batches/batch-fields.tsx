"use client";

import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/text-field";
import { ZoneField } from "@/components/ui/zone-field";
import type { BatchContent } from "@/db/queries/batch-page";

/** What a batch is, for the form that makes one and the form that changes one. */
export function BatchFields({ errors, values }: { errors: Record<string, string>; values: Partial<BatchContent> }) {
  return (
    <>
      <Field label="Name" name="name" required maxLength={120} defaultValue={values.name} error={errors.name} />
      <TextField
        label="Description"
        name="description"
        optional
        maxLength={2_000}
        rows={2}
        defaultValue={values.description ?? ""}
        error={errors.description}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="First day"
          name="startDate"
          type="date"
          required
          defaultValue={values.startDate}
          error={errors.startDate}
        />
        <Field
          label="Last day"
          name="endDate"
          type="date"
          required
          defaultValue={values.endDate}
          error={errors.endDate}
        />
      </div>
      <ZoneField
        defaultValue={values.timeZone}
        hint="The dates are days of this zone, and so are the days of students without a zone of their own."
        error={errors.timeZone}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Capacity"
          name="capacity"
          type="number"
          inputMode="numeric"
          min={1}
          optional
          defaultValue={values.capacity ?? ""}
          hint="Places; nothing means no limit."
          error={errors.capacity}
        />
        <Field
          label="Slack channel"
          name="slackChannel"
          optional
          maxLength={80}
          spellCheck={false}
          defaultValue={values.slackChannel ?? ""}
          hint="Such as #autumn-evenings."
          error={errors.slackChannel}
        />
      </div>
      <TextField
        label="Curriculum"
        name="curriculum"
        optional
        maxLength={8_000}
        rows={3}
        defaultValue={values.curriculum ?? ""}
        error={errors.curriculum}
      />
    </>
  );
}
