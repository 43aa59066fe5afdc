"use server";

import { revalidatePath } from "next/cache";
import { getDb } from "@/db/client";
import { createGoal, deleteGoal, editGoal } from "@/db/mutations/goal";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { deleteGoalSchema, goalSchema, newGoalSchema } from "./goal-input";

const actor = async () => actorOf(await requireViewer("/portal/goals"));
// The overview shows them as well.
const refresh = () => revalidatePath("/portal", "layout");

export const createGoalAction = formAction(newGoalSchema, async (aim) => {
  const result = await createGoal(getDb(), await actor(), aim);
  if (result.ok) refresh();
  return result;
});

export const editGoalAction = formAction(goalSchema, async ({ goalId, ...edit }) => {
  const result = await editGoal(getDb(), await actor(), goalId, edit);
  if (result.ok) refresh();
  return result;
});

export const deleteGoalAction = formAction(deleteGoalSchema, async ({ goalId }) => {
  const result = await deleteGoal(getDb(), await actor(), goalId);
  if (result.ok) refresh();
  return result;
});
