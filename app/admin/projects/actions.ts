"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import { assignStudents, editAssignment, removeAssignment } from "@/db/mutations/assignment";
import { cancelProject, createProject, deleteProject, editProject } from "@/db/mutations/project";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import {
  assignmentSchema,
  assignSchema,
  deleteProjectSchema,
  newProjectSchema,
  projectSchema,
  removeAssignmentSchema,
} from "./project-input";

const PATH = "/admin/projects";
const actor = async () => actorOf(await requireViewer(PATH));
const refresh = () => revalidatePath(PATH, "layout");

export const createProjectAction = formAction(newProjectSchema, async ({ batchId, ...content }) => {
  const result = await createProject(getDb(), await actor(), batchId, content);
  if (!result.ok) return result;
  redirect(`${PATH}/${result.data.id}`);
});

export const editProjectAction = formAction(projectSchema, async ({ projectId, closeOpen, ...edit }) => {
  const result = await editProject(getDb(), await actor(), projectId, { ...edit, closeOpen: closeOpen === "on" });
  if (result.ok) refresh();
  return result;
});

export const deleteProjectAction = formAction(deleteProjectSchema, async ({ projectId, assignments, what }) => {
  const db = getDb();
  if (what === "cancel") {
    const result = await cancelProject(db, await actor(), projectId);
    if (result.ok) refresh();
    return result;
  }
  const result = await deleteProject(db, await actor(), projectId, assignments);
  if (!result.ok) return result;
  redirect(PATH);
});

export const assignStudentsAction = formAction(assignSchema, async ({ projectId, students }) => {
  const result = await assignStudents(getDb(), await actor(), projectId, students);
  if (result.ok) refresh();
  return result;
});

export const editAssignmentAction = formAction(assignmentSchema, async ({ assignmentId, ...edit }) => {
  const result = await editAssignment(getDb(), await actor(), assignmentId, edit);
  if (result.ok) refresh();
  return result;
});

export const removeAssignmentAction = formAction(removeAssignmentSchema, async ({ assignmentId }) => {
  const result = await removeAssignment(getDb(), await actor(), assignmentId);
  if (result.ok) refresh();
  return result;
});
