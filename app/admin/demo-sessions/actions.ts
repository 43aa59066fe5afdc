"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import { createDemoSession } from "@/db/mutations/demo-session";
import { changeDemoRule, createDemoSessions } from "@/db/mutations/demo-session-rule";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { askToSend } from "@/lib/notify/notify";
import { newSessionSchema, newSessionsSchema, ruleSchema } from "./session-input";

const PATH = "/admin/demo-sessions";
const actor = async () => actorOf(await requireViewer(PATH));

export const createDemoSessionAction = formAction(newSessionSchema, async (fields) => {
  const db = getDb();
  const result = await createDemoSession(db, await actor(), fields, new Date());
  if (!result.ok) return result;
  await askToSend(db);
  revalidatePath(PATH, "layout");
  redirect(`${PATH}/${result.data.id}`);
});

export const createDemoSessionsAction = formAction(newSessionsSchema, async ({ dates, ...fields }) => {
  const db = getDb();
  const result = await createDemoSessions(db, await actor(), { dates, fields }, new Date());
  if (!result.ok) return result;
  await askToSend(db);
  revalidatePath(PATH, "layout");
  return result;
});

export const changeDemoRuleAction = formAction(ruleSchema, async ({ version, ...rule }) => {
  const result = await changeDemoRule(getDb(), await actor(), rule, version);
  if (result.ok) revalidatePath(PATH, "layout");
  return result;
});
