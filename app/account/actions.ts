"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { requestEmailChange, requestVerification } from "@/db/mutations/account-address";
import { changePassword } from "@/db/mutations/account-password";
import { formAction } from "@/lib/action";
import { emailSchema, passwordSchema } from "@/lib/auth/credentials";
import { requireViewer } from "@/lib/auth/current";
import { limitOwnMail } from "@/lib/auth/limits";
import { refuseWrongPassword } from "@/lib/auth/own-password";
import { hashPassword } from "@/lib/auth/password";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";

const currentPassword = z.string().min(1, "Please give your current password.").max(100);

export const sendVerificationAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer("/account");
  const db = getDb();
  const limited = await limitOwnMail(db, viewer.id);
  if (limited) return limited;
  const result = await requestVerification(db, viewer.id, newLink("verify"));
  if (!result.ok) return result;
  await askToSend(db);
  redirect("/account?done=link");
});

export const changeEmailAction = formAction(z.object({ email: emailSchema, currentPassword }), async (input) => {
  const viewer = await requireViewer("/account");
  const db = getDb();
  const refused = (await refuseWrongPassword(db, viewer, input.currentPassword)) ?? (await limitOwnMail(db, viewer.id));
  if (refused) return refused;
  const result = await requestEmailChange(db, viewer.id, input.email, newLink("verify"));
  if (!result.ok) return result;
  await askToSend(db);
  redirect("/account?done=email");
});

export const changePasswordAction = formAction(
  z.object({ currentPassword, password: passwordSchema }),
  async (input) => {
    const viewer = await requireViewer("/account");
    const db = getDb();
    const refused = await refuseWrongPassword(db, viewer, input.currentPassword);
    if (refused) return refused;
    const own = { userId: viewer.id, sessionId: viewer.sessionId };
    const result = await changePassword(db, own, await hashPassword(input.password));
    if (!result.ok) return result;
    redirect("/account?done=password");
  },
);
