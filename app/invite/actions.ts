"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { acceptInvitation, INVITATION_OVER } from "@/db/mutations/invite";
import { getInvitation } from "@/db/queries/invitation";
import { formAction } from "@/lib/action";
import { passwordSchema } from "@/lib/auth/credentials";
import { landingFor } from "@/lib/auth/landing";
import { hashPassword } from "@/lib/auth/password";
import { requestDevice, setSessionCookie } from "@/lib/auth/sign-in";
import { isTimeZone } from "@/lib/dates";
import { failure } from "@/lib/errors";

const schema = z.object({
  token: z.string().min(1).max(100),
  password: passwordSchema,
  // Of the browser: one that is not known here is no reason to keep anybody out.
  timeZone: z.string().optional(),
});

export const acceptInvitationAction = formAction(schema, async ({ token, password, timeZone = "" }) => {
  const db = getDb();
  // Asked before the costly hash: a made-up link costs one look-up.
  if ((await getInvitation(db, token))?.state !== "open") return failure("conflict", INVITATION_OVER);
  const chosen = {
    passwordHash: await hashPassword(password),
    ...(isTimeZone(timeZone) && { timeZone }),
  };
  const result = await acceptInvitation(db, token, chosen, await requestDevice());
  if (!result.ok) return result;
  await setSessionCookie(result.data.sid);
  redirect(landingFor(result.data.role));
});
