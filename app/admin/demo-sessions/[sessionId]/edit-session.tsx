"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ContentFields, type ContentValues, OwnFields, type OwnValues } from "../session-fields";
import { editSessionAction } from "./actions";

type Props = {
  session: ContentValues & OwnValues & { id: number; version: number; sessionDate: string; title: string };
  batches: { id: number; name: string }[];
  /** How many would hear of a change: with a place or waiting. */
  signedUp: number;
};

export function EditSession({ session, batches, signedUp }: Props) {
  return (
    <Dialog trigger="Edit" title={`Edit ${session.title}`} small>
      {(close) => (
        <ActionForm action={editSessionAction} submit="Save" version={session.version} onDone={close}>
          {(errors) => (
            <>
              <input type="hidden" name="sessionId" value={session.id} />
              <Field
                label="Date"
                name="sessionDate"
                type="date"
                required
                defaultValue={session.sessionDate}
                error={errors.sessionDate}
              />
              <ContentFields errors={errors} values={session} />
              {errors.overflow ? <Overflow message={errors.overflow} /> : null}
              <OwnFields errors={errors} values={session} batches={batches} />
              {signedUp > 0 ? (
                <label className="tap flex items-start gap-2.5 text-sm">
                  <input type="checkbox" name="tell" defaultChecked className="mt-0.5 size-4 accent-accent" />
                  <span>Tell those who signed up when date, time, zone or link change.</span>
                </label>
              ) : null}
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

/** More people have a place than the new limit allows: saving asks for this once more. */
function Overflow({ message }: { message: string }) {
  return (
    <div className="grid gap-2 border-l-2 border-warn pl-3 text-sm">
      <p id="overflow-error" role="alert">
        {message}
      </p>
      <label className="tap flex items-start gap-2.5">
        <input
          type="checkbox"
          name="overflow"
          value="wait"
          aria-invalid
          aria-describedby="overflow-error"
          className="mt-0.5 size-4 accent-accent"
        />
        <span>Move the last of them to the head of the waiting list, and tell them.</span>
      </label>
    </div>
  );
}
