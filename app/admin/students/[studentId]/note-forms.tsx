"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { changeNoteAction, deleteNoteAction, setNoteDoneAction, writeNoteAction } from "./actions";

type Content = { body: string; isShared: boolean; followUpOn: string | null };

type FieldsProps = {
  id: string;
  content: Content;
  errors: Record<string, string>;
  /** Whether it is shared is the author's to say. */
  isAuthor: boolean;
};

function NoteFields({ id, content, errors, isAuthor }: FieldsProps) {
  const visibility = content.isShared ? "shared" : "private";
  return (
    <>
      <TextField
        id={`${id}-body`}
        label="Note"
        name="body"
        rows={5}
        maxLength={4000}
        required
        defaultValue={content.body}
        error={errors.body}
      />
      {isAuthor ? (
        <SelectField
          id={`${id}-visibility`}
          label="Who reads it"
          name="visibility"
          defaultValue={visibility}
          hint="A private note is read by nobody else, admins neither."
          error={errors.visibility}
        >
          <option value="private">only me</option>
          <option value="shared">all staff</option>
        </SelectField>
      ) : (
        <input type="hidden" name="visibility" value={visibility} />
      )}
      <Field
        id={`${id}-follow-up`}
        label="Follow up on"
        name="followUpOn"
        type="date"
        optional
        defaultValue={content.followUpOn ?? ""}
        error={errors.followUpOn}
      />
    </>
  );
}

const EMPTY: Content = { body: "", isShared: false, followUpOn: null };

export function WriteNote({ studentId, name }: { studentId: number; name: string }) {
  return (
    <FormDialog trigger="Write a note" title={`A note about ${name}`} action={writeNoteAction} submit="Save the note">
      {(errors) => (
        <>
          <input type="hidden" name="studentId" value={studentId} />
          <NoteFields id="new-note" content={EMPTY} errors={errors} isAuthor />
        </>
      )}
    </FormDialog>
  );
}

type Note = Content & { id: number; version: number; isAuthor: boolean };

export function ChangeNote({ note }: { note: Note }) {
  return (
    <FormDialog
      trigger="Edit"
      title="Edit the note"
      action={changeNoteAction}
      submit="Save the note"
      version={note.version}
    >
      {(errors) => (
        <>
          <input type="hidden" name="noteId" value={note.id} />
          <NoteFields id={`note-${note.id}`} content={note} errors={errors} isAuthor={note.isAuthor} />
        </>
      )}
    </FormDialog>
  );
}

export function DeleteNote({ note }: { note: Note }) {
  return (
    <FormDialog
      trigger="Delete"
      title="Delete this note?"
      action={deleteNoteAction}
      submit="Delete the note"
      danger
      version={note.version}
    >
      {() => (
        <>
          <input type="hidden" name="noteId" value={note.id} />
          <p className="text-sm">It cannot be had back.</p>
          <blockquote className="line-clamp-4 border-l-2 pl-3 text-sm whitespace-pre-line text-muted">
            {note.body}
          </blockquote>
        </>
      )}
    </FormDialog>
  );
}

/** One press; what the server refuses is said beside it. */
export function FinishNote({ noteId, done }: { noteId: number; done: boolean }) {
  const [result, run, pending] = useActionState(setNoteDoneAction, null);
  return (
    <form action={run} className="inline-flex items-center gap-2">
      <input type="hidden" name="noteId" value={noteId} />
      <input type="hidden" name="done" value={done ? "no" : "yes"} />
      <Button type="submit" small disabled={pending}>
        {done ? "Open again" : "Done"}
      </Button>
      {result && !result.ok ? (
        <span role="alert" className="text-sm text-bad">
          {result.message}
        </span>
      ) : null}
    </form>
  );
}
