"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import { editDemoSession, setDemoSessionActive } from "@/db/mutations/demo-session";
import { cancelDemoSession, deleteDemoSession, restoreDemoSession } from "@/db/mutations/demo-session-end";
import { signUp, withdrawSignup } from "@/db/mutations/signup";
import { setRunningOrder } from "@/db/mutations/signup-mark";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { askToSend } from "@/lib/notify/notify";
import {
  cancelSchema,
  deleteSchema,
  editSchema,
  orderSchema,
  restoreSchema,
  signUpSchema,
  switchSchema,
  withdrawSchema,
} from "./session-page-input";

const PATH = "/admin/demo-sessions";
const actor = async () => actorOf(await requireViewer(PATH));

/** What changed is shown everywhere, and whoever is to hear of it does. */
async function done(): Promise<void> {
  await askToSend(getDb());
  revalidatePath(PATH, "layout");
}

export const editSessionAction = formAction(editSchema, async ({ sessionId, ...edit }) => {
  const result = await editDemoSession(getDb(), await actor(), sessionId, edit, new Date());
  if (result.ok) await done();
  return result;
});

export const switchSessionAction = formAction(switchSchema, async ({ sessionId, version, active }) => {
  const result = await setDemoSessionActive(getDb(), await actor(), sessionId, active, version, new Date());
  if (result.ok) await done();
  return result;
});

export const cancelSessionAction = formAction(cancelSchema, async ({ sessionId, ...cancellation }) => {
  const result = await cancelDemoSession(getDb(), await actor(), sessionId, cancellation, new Date());
  if (result.ok) await done();
  return result;
});

export const restoreSessionAction = formAction(restoreSchema, async ({ sessionId, version }) => {
  const result = await restoreDemoSession(getDb(), await actor(), sessionId, version, new Date());
  if (result.ok) await done();
  return result;
});

export const deleteSessionAction = formAction(deleteSchema, async ({ sessionId, ...deletion }) => {
  const result = await deleteDemoSession(getDb(), await actor(), sessionId, deletion, new Date());
  if (!result.ok) return result;
  await done();
  redirect(deletion.targetId && deletion.signups === "move" ? `${PATH}/${deletion.targetId}` : PATH);
});

export const signUpAction = formAction(signUpSchema, async (input) => {
  const result = await signUp(getDb(), await actor(), input, new Date());
  if (result.ok) await done();
  return result;
});

export const withdrawAction = formAction(withdrawSchema, async ({ signupId }) => {
  const result = await withdrawSignup(getDb(), await actor(), signupId, new Date());
  if (result.ok) await done();
  return result;
});

export const setOrderAction = formAction(orderSchema, async ({ sessionId, order }) => {
  const result = await setRunningOrder(getDb(), await actor(), sessionId, order, new Date());
  if (result.ok) revalidatePath(PATH, "layout");
  return result;
});
