"use client";

import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SelectField } from "@/components/ui/select-field";
import type { EnrolmentStatus } from "@/db/enums";
import { changeStatusAction, editStudentAction } from "./actions";

type EditProps = {
  studentId: number;
  version: number;
  name: string;
  phone: string | null;
  timeZone: string | null;
  /** Undefined for those who may not change it. */
  email: string | undefined;
  /** The zone that holds without one of the student's own. */
  otherZone: string;
};

export function EditStudent({ studentId, version, name, phone, timeZone, email, otherZone }: EditProps) {
  return (
    <FormDialog trigger="Edit" title={`Edit ${name}`} action={editStudentAction} submit="Save" version={version}>
      {(fields) => (
        <>
          <input type="hidden" name="studentId" value={studentId} />
          <Field
            id="student-name"
            label="Name"
            name="name"
            defaultValue={name}
            required
            maxLength={100}
            error={fields.name}
          />
          {email === undefined ? null : (
            <Field
              id="student-email"
              label="E-mail"
              name="email"
              type="email"
              defaultValue={email}
              required
              hint="Another address counts as not confirmed."
              error={fields.email}
            />
          )}
          <Field
            id="student-phone"
            label="Phone"
            name="phone"
            type="tel"
            defaultValue={phone ?? ""}
            optional
            error={fields.phone}
          />
          <ZoneField chosen={timeZone} otherZone={otherZone} error={fields.timeZone} />
        </>
      )}
    </FormDialog>
  );
}

type ZoneProps = { chosen: string | null; otherZone: string; error: string | undefined };

/** The browser's own list of zones, which need not be the server's: it comes once the page is alive. */
function ZoneField({ chosen, otherZone, error }: ZoneProps) {
  const [zones, setZones] = useState<string[]>([]);
  useEffect(() => setZones(Intl.supportedValuesOf("timeZone").filter((zone) => zone !== chosen)), [chosen]);
  return (
    <SelectField
      id="student-zone"
      label="Time zone"
      name="timeZone"
      defaultValue={chosen ?? ""}
      hint="Decides which day is the student’s today."
      error={error}
    >
      <option value="">none of their own: {otherZone} holds</option>
      {chosen ? <option value={chosen}>{chosen}</option> : null}
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone}
        </option>
      ))}
    </SelectField>
  );
}

type StatusProps = {
  studentId: number;
  version: number | undefined;
  name: string;
  status: EnrolmentStatus;
  next: readonly EnrolmentStatus[];
};

export function ChangeStatus({ studentId, version, name, status, next }: StatusProps) {
  return (
    <FormDialog
      trigger="Change status"
      title={`${name} is ${status}`}
      action={changeStatusAction}
      submit="Change status"
      {...(version === undefined ? {} : { version })}
    >
      {(fields) => (
        <>
          <input type="hidden" name="studentId" value={studentId} />
          <SelectField
            id="status-status"
            label="New status"
            name="status"
            defaultValue=""
            required
            error={fields.status}
          >
            <option value="">Choose a status</option>
            {next.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </SelectField>
          <Field
            id="status-from"
            label="From"
            name="from"
            type="date"
            optional
            hint="Left empty: from today."
            error={fields.from}
          />
          <Field id="status-reason" label="Reason" name="reason" maxLength={500} optional error={fields.reason} />
        </>
      )}
    </FormDialog>
  );
}
