"use server";

import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import { signUp, signUpStudent } from "@/db/mutations/account";
import { getBatchByRegistrationKey } from "@/db/queries/account";
import { formAction } from "@/lib/action";
import { signUpSchema, studentSignUpSchema } from "@/lib/auth/credentials";
import { limitSignUp } from "@/lib/auth/limits";
import { hashPassword } from "@/lib/auth/password";
import { requestDevice, setSessionCookie } from "@/lib/auth/sign-in";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";

export const signUpAction = formAction(signUpSchema, async ({ password, ...account }) => {
  const db = getDb();
  const device = await requestDevice();
  const limited = await limitSignUp(db, device.ip, false);
  if (limited) return limited;
  const passwordHash = await hashPassword(password);
  const result = await signUp(db, { ...account, passwordHash, verifyLink: newLink("verify") }, device);
  if (!result.ok) return result;
  await askToSend(db);
  await setSessionCookie(result.data.sid);
  redirect("/welcome");
});

export const signUpStudentAction = formAction(
  studentSignUpSchema,
  async ({ password, registrationKey, ...account }) => {
    const db = getDb();
    const device = await requestDevice();
    const opened = await getBatchByRegistrationKey(db, registrationKey);
    const limited = await limitSignUp(db, device.ip, opened !== null);
    if (limited) return limited;
    const passwordHash = await hashPassword(password);
    const verifyLink = newLink("verify");
    const result = await signUpStudent(db, { ...account, passwordHash, verifyLink }, registrationKey, device);
    if (!result.ok) return result;
    await askToSend(db);
    await setSessionCookie(result.data.sid);
    redirect("/portal");
  },
);
