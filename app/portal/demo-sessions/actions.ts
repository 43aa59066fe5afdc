"use server";

import { revalidatePath } from "next/cache";
import { getDb } from "@/db/client";
import { editSignup, signUp, withdrawSignup } from "@/db/mutations/signup";
import { getStudentId } from "@/db/queries/student-refs";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { inTurn } from "@/lib/demo-sessions/in-turn";
import { failure } from "@/lib/errors";
import { askToSend } from "@/lib/notify/notify";
import { editSignupSchema, signUpSchema, withdrawSchema } from "./signup-input";

const PATH = "/portal/demo-sessions";
const STUDENTS_ONLY = failure("forbidden", "Only students have places in demo sessions.");
const refresh = () => revalidatePath("/portal", "layout");

export const signUpAction = formAction(signUpSchema, async (input) => {
  const viewer = await requireViewer(PATH);
  const db = getDb();
  const studentId = await getStudentId(db, viewer.id);
  if (studentId === null || !can(actorOf(viewer), "signup.change")) return STUDENTS_ONLY;
  const actor = actorOf(viewer);
  const result = await inTurn(input.sessionId, () => signUp(db, actor, { ...input, studentId }, new Date()));
  // A refusal, too: what it says is newer than the page.
  refresh();
  if (result.ok && result.data.promoted > 0) await askToSend(db);
  return result;
});

export const editSignupAction = formAction(editSignupSchema, async ({ signupId, ...edit }) => {
  const actor = actorOf(await requireViewer(PATH));
  if (!can(actor, "signup.change")) return STUDENTS_ONLY;
  const result = await editSignup(getDb(), actor, signupId, edit, new Date());
  if (result.ok) refresh();
  return result;
});

export const withdrawAction = formAction(withdrawSchema, async ({ signupId, sessionId }) => {
  const actor = actorOf(await requireViewer(PATH));
  if (!can(actor, "signup.change")) return STUDENTS_ONLY;
  const db = getDb();
  const result = await inTurn(sessionId, () => withdrawSignup(db, actor, signupId, new Date()));
  if (result.ok) refresh();
  // Whoever moved up is told.
  if (result.ok && result.data.promoted > 0) await askToSend(db);
  return result;
});
