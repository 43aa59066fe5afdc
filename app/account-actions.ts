"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { requestEmailChange, requestVerification } from "@/db/mutations/account-address";
import { changePassword } from "@/db/mutations/account-password";
import { changeProfile, PROFILE_FIELDS } from "@/db/mutations/profile";
import { endOtherSessions, endOwnSession } from "@/db/mutations/session-end";
import { formAction } from "@/lib/action";
import { emailSchema, nameSchema, passwordSchema, phoneSchema } from "@/lib/auth/credentials";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { ownPageFor } from "@/lib/auth/landing";
import { limitOwnMail } from "@/lib/auth/limits";
import { refuseWrongPassword } from "@/lib/auth/own-password";
import { hashPassword } from "@/lib/auth/password";
import { isTimeZone } from "@/lib/dates";
import { idField, orNull, versionField } from "@/lib/form-fields";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";
import { seenField } from "@/lib/seen-field";

const PATH = "/account";
const currentPassword = z.string().min(1, "Please give your current password.").max(100);
const zone = z.string().trim().refine(isTimeZone, "Give a time zone such as Europe/Lisbon or America/Chicago.");

/** The name stands in the frame of every page, and the zone decides what many show. */
const refresh = () => revalidatePath("/", "layout");

export const changeProfileAction = formAction(
  z.object({
    name: nameSchema,
    phone: orNull(phoneSchema),
    timeZone: orNull(zone),
    version: versionField,
    seen: seenField(PROFILE_FIELDS),
  }),
  async ({ version, seen, ...edit }) => {
    const viewer = await requireViewer(PATH);
    const result = await changeProfile(getDb(), actorOf(viewer), edit, version, seen);
    if (result.ok) refresh();
    return result;
  },
);

export const sendVerificationAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer(PATH);
  const db = getDb();
  const limited = await limitOwnMail(db, viewer.id);
  if (limited) return limited;
  const result = await requestVerification(db, viewer.id, newLink("verify"));
  if (!result.ok) return result;
  await askToSend(db);
  redirect(`${ownPageFor(viewer.role)}?done=link`);
});

export const changeEmailAction = formAction(z.object({ email: emailSchema, currentPassword }), async (input) => {
  const viewer = await requireViewer(PATH);
  const db = getDb();
  const refused = (await refuseWrongPassword(db, viewer, input.currentPassword)) ?? (await limitOwnMail(db, viewer.id));
  if (refused) return refused;
  const result = await requestEmailChange(db, viewer.id, input.email, newLink("verify"));
  if (!result.ok) return result;
  await askToSend(db);
  redirect(`${ownPageFor(viewer.role)}?done=email`);
});

export const changePasswordAction = formAction(
  z.object({ currentPassword, password: passwordSchema }),
  async (input) => {
    const viewer = await requireViewer(PATH);
    const db = getDb();
    const refused = await refuseWrongPassword(db, viewer, input.currentPassword);
    if (refused) return refused;
    const own = { userId: viewer.id, sessionId: viewer.sessionId };
    const result = await changePassword(db, own, await hashPassword(input.password));
    if (!result.ok) return result;
    redirect(`${ownPageFor(viewer.role)}?done=password`);
  },
);

export const endSessionAction = formAction(z.object({ sessionId: idField }), async ({ sessionId }) => {
  const viewer = await requireViewer(PATH);
  const result = await endOwnSession(getDb(), actorOf(viewer), { current: viewer.sessionId, id: sessionId });
  if (result.ok) refresh();
  return result;
});

export const endOtherSessionsAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer(PATH);
  const result = await endOtherSessions(getDb(), actorOf(viewer), viewer.sessionId);
  if (result.ok) refresh();
  return result;
});
