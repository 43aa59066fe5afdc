"use server";

import { setTimeout as sleep } from "node:timers/promises";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { requestPasswordReset } from "@/db/mutations/account-password";
import { formAction } from "@/lib/action";
import { emailSchema } from "@/lib/auth/credentials";
import { limitPasswordReset } from "@/lib/auth/limits";
import { requestDevice } from "@/lib/auth/sign-in";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";

/** The answer never comes sooner: the few milliseconds that a known address costs more cannot be told. */
const ANSWER_AFTER_MS = 300;

export const requestResetAction = formAction(z.object({ email: emailSchema }), async ({ email }) => {
  const db = getDb();
  const limited = await limitPasswordReset(db, email, (await requestDevice()).ip);
  if (limited) return limited;
  const work = async () => {
    await requestPasswordReset(db, email, newLink("reset"));
    await askToSend(db);
  };
  await Promise.all([work(), sleep(ANSWER_AFTER_MS)]);
  redirect("/forgot-password?asked=1");
});
