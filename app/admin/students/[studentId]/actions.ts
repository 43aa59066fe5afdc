"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { enrolmentStatuses } from "@/db/enums";
import { changeEnrolmentStatus, moveStudent } from "@/db/mutations/enrolment";
import { changeNote, deleteNote, setNoteDone, writeNote } from "@/db/mutations/note";
import { editUser } from "@/db/mutations/user-edit";
import { formAction } from "@/lib/action";
import { emailSchema, nameSchema, optional, phoneSchema } from "@/lib/auth/credentials";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { isTimeZone } from "@/lib/dates";
import { enrolmentFields, moveForm } from "@/lib/enrolment-fields";
import type { ActionResult } from "@/lib/errors";
import { dayField, idField, orNull, requiredText, textField, versionField } from "@/lib/form-fields";
import { askToSend } from "@/lib/notify/notify";

const PAGE = "/admin/students";
const person = { studentId: idField };
const note = { noteId: idField };

const actor = async () => actorOf(await requireStaff(PAGE));

/** What a change altered shows at once, on the student's page and in the lists. */
function refreshing<T>(result: ActionResult<T>): ActionResult<T> {
  if (result.ok) revalidatePath(PAGE, "layout");
  return result;
}

/** A place in a demo session may have gone to somebody else by it, who is told at once. */
async function handingOn<T>(result: ActionResult<T>): Promise<ActionResult<T>> {
  if (result.ok) await askToSend(getDb());
  return refreshing(result);
}

const zone = z.string().refine(isTimeZone, "This time zone is not known.");

export const editStudentAction = formAction(
  z.object({
    ...person,
    version: versionField,
    name: nameSchema,
    phone: orNull(phoneSchema),
    timeZone: orNull(zone),
    email: optional(emailSchema),
  }),
  async ({ studentId, version, ...edit }) =>
    refreshing(await editUser(getDb(), await actor(), { studentId }, edit, version)),
);

export const moveStudentAction = formAction(moveForm, async (input) =>
  handingOn(await moveStudent(getDb(), await actor(), input)),
);

export const changeStatusAction = formAction(
  z.object({
    ...enrolmentFields,
    status: z.enum(enrolmentStatuses, "Please choose a status."),
    reason: optional(textField(500)),
  }),
  async (input) => handingOn(await changeEnrolmentStatus(getDb(), await actor(), input)),
);

/** Browsers send the lines of a text with a carriage return each. */
const plainLines = (value: unknown) => (typeof value === "string" ? value.replaceAll("\r\n", "\n") : value);

const content = {
  body: z.preprocess(plainLines, requiredText(4_000, "Please write something.")),
  visibility: z.enum(["private", "shared"]),
  followUpOn: orNull(dayField()),
};

const contentOf = ({
  body,
  visibility,
  followUpOn,
}: {
  body: string;
  visibility: string;
  followUpOn: string | null;
}) => ({
  body,
  isShared: visibility === "shared",
  followUpOn,
});

export const writeNoteAction = formAction(z.object({ ...person, ...content }), async (input) =>
  refreshing(await writeNote(getDb(), await actor(), { studentId: input.studentId, ...contentOf(input) })),
);

export const changeNoteAction = formAction(
  z.object({ ...note, version: versionField, ...content }),
  async ({ noteId, version, ...input }) =>
    refreshing(await changeNote(getDb(), await actor(), noteId, contentOf(input), version)),
);

export const setNoteDoneAction = formAction(
  z.object({ ...note, done: z.enum(["yes", "no"]) }),
  async ({ noteId, done }) => refreshing(await setNoteDone(getDb(), await actor(), noteId, done === "yes")),
);

export const deleteNoteAction = formAction(z.object({ ...note, version: versionField }), async ({ noteId, version }) =>
  refreshing(await deleteNote(getDb(), await actor(), noteId, version)),
);
