"use client";

import { useId } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import type { Holiday } from "@/db/queries/settings";
import { formatDateWithWeekday } from "@/lib/format";
import { addHolidayAction, deleteHolidayAction, editHolidayAction } from "./actions";

/** The dialog stays in the page when it is closed: what was typed is gone only once the form is drawn anew. */
function DayFields({ holiday, fields }: { holiday?: Holiday; fields: Record<string, string> }) {
  const id = useId();
  return (
    <>
      <Field
        id={`${id}-date`}
        label="Day"
        name="date"
        type="date"
        required
        defaultValue={holiday?.date}
        error={fields.date}
      />
      <Field
        id={`${id}-name`}
        label="Name"
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={holiday?.name}
        error={fields.name}
      />
    </>
  );
}

export function AddHoliday() {
  return (
    <Dialog trigger="Add a holiday" title="Add a holiday">
      {(close) => (
        <ActionForm action={addHolidayAction} submit="Add" onDone={close}>
          {(fields) => <DayFields fields={fields} />}
        </ActionForm>
      )}
    </Dialog>
  );
}

/** Says which of many rows a button is about, to those who cannot see where it stands. */
const named = (word: string, holiday: Holiday) => (
  <>
    {word}
    <span className="sr-only"> {holiday.name}</span>
  </>
);

export function EditHoliday({ holiday }: { holiday: Holiday }) {
  return (
    <Dialog trigger={named("Edit", holiday)} title={`Edit ${holiday.name}`} look="quiet" small>
      {(close) => (
        <ActionForm action={editHolidayAction} submit="Save" version={holiday.version} onDone={close}>
          {(fields) => (
            <>
              <input type="hidden" name="holidayId" value={holiday.id} />
              <DayFields holiday={holiday} fields={fields} />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

export function DeleteHoliday({ holiday }: { holiday: Holiday }) {
  return (
    <Dialog trigger={named("Delete", holiday)} title={`Delete ${holiday.name}`} look="quiet" small>
      {(close) => (
        <ActionForm action={deleteHolidayAction} submit="Delete" look="danger" onDone={close}>
          {() => (
            <>
              <input type="hidden" name="holidayId" value={holiday.id} />
              <p className="text-sm">
                {formatDateWithWeekday(holiday.date)} becomes a working day. Demo sessions that are planned stay as they
                are.
              </p>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
