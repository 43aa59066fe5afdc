"use server";

import { revalidatePath } from "next/cache";
import { getDb } from "@/db/client";
import { editOwnAssignment } from "@/db/mutations/own-assignment";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { ownAssignmentSchema } from "./assignment-input";

export const editOwnAssignmentAction = formAction(ownAssignmentSchema, async ({ assignmentId, ...edit }) => {
  const actor = actorOf(await requireViewer("/portal/project"));
  const result = await editOwnAssignment(getDb(), actor, assignmentId, edit);
  // The overview says what is still missing.
  if (result.ok) revalidatePath("/portal", "layout");
  return result;
});
