"use server";

import { revalidatePath } from "next/cache";
import { getDb } from "@/db/client";
import { createDemo, deleteDemo, editDemo } from "@/db/mutations/demo";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { deleteDemoSchema, demoSchema, newDemoSchema } from "./demo-input";

const actor = async () => actorOf(await requireViewer("/portal/demos"));
// Demos are offered with sign-ups, too.
const refresh = () => revalidatePath("/portal", "layout");

export const createDemoAction = formAction(newDemoSchema, async (content) => {
  const result = await createDemo(getDb(), await actor(), content);
  if (result.ok) refresh();
  return result;
});

export const editDemoAction = formAction(demoSchema, async ({ demoId, ...edit }) => {
  const result = await editDemo(getDb(), await actor(), demoId, edit);
  if (result.ok) refresh();
  return result;
});

export const deleteDemoAction = formAction(deleteDemoSchema, async ({ demoId, signups }) => {
  const result = await deleteDemo(getDb(), await actor(), demoId, signups, new Date());
  // A refusal, too: what it says is newer than the page.
  refresh();
  return result;
});
