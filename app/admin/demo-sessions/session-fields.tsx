"use client";

import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { ZoneField } from "@/components/ui/zone-field";
import { formatTime } from "@/lib/format";
import { PlacesField } from "./places-field";

type Errors = Record<string, string>;

/** What sessions of a row have in common. */
export type ContentValues = {
  sessionTime: string;
  timeZone: string;
  title: string;
  description: string | null;
  meetingUrl: string | null;
  maxScheduled: number | null;
};

/** When on its day, what it is called, where it is held, and for how many. */
export function ContentFields({ errors, values }: { errors: Errors; values: ContentValues }) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Field
          label="Time"
          name="sessionTime"
          type="time"
          required
          defaultValue={formatTime(values.sessionTime)}
          error={errors.sessionTime}
        />
        <ZoneField defaultValue={values.timeZone} error={errors.timeZone} />
      </div>
      <Field label="Title" name="title" required maxLength={120} defaultValue={values.title} error={errors.title} />
      <PlacesField value={values.maxScheduled} error={errors.maxScheduled} />
      <Field
        label="Meeting link"
        name="meetingUrl"
        type="url"
        inputMode="url"
        optional
        maxLength={2_000}
        autoComplete="off"
        defaultValue={values.meetingUrl ?? ""}
        error={errors.meetingUrl}
      />
      <TextField
        label="Description"
        name="description"
        optional
        maxLength={2_000}
        rows={3}
        hint="Students see it, and it stands in the announcement."
        defaultValue={values.description ?? ""}
        error={errors.description}
      />
    </>
  );
}

export type OwnValues = { notes: string | null; batchId: number | null; isActive: boolean };

type OwnProps = { errors: Errors; values: OwnValues; batches: { id: number; name: string }[] };

/** For whom it is, what staff note, and whether one can sign up. */
export function OwnFields({ errors, values, batches }: OwnProps) {
  return (
    <>
      <SelectField label="For whom" name="batchId" defaultValue={values.batchId ?? ""} error={errors.batchId}>
        <option value="">Everybody</option>
        {batches.map(({ id, name }) => (
          <option key={id} value={id}>
            Only {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Notes"
        name="notes"
        optional
        maxLength={2_000}
        rows={2}
        hint="For staff only."
        defaultValue={values.notes ?? ""}
        error={errors.notes}
      />
      <div>
        <div className="flex items-center">
          <input
            id="isActive"
            type="checkbox"
            name="isActive"
            className="size-4 accent-accent"
            defaultChecked={values.isActive}
            aria-describedby="isActive-hint"
          />
          <label htmlFor="isActive" className="tap inline-flex items-center pl-2.5 text-sm font-medium">
            Open for sign-up
          </label>
        </div>
        <p id="isActive-hint" className="label">
          Students see only sessions that are open, and only these are announced.
        </p>
      </div>
    </>
  );
}
