"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { resetPassword } from "@/db/mutations/account-password";
import { getOpenLink } from "@/db/queries/user-token";
import { formAction } from "@/lib/action";
import { passwordSchema } from "@/lib/auth/credentials";
import { hashPassword } from "@/lib/auth/password";
import { failure } from "@/lib/errors";

const schema = z.object({ token: z.string().min(1).max(100), password: passwordSchema });

export const resetPasswordAction = formAction(schema, async ({ token, password }) => {
  const db = getDb();
  // Asked before the costly hash: a made-up link costs one look-up.
  if (!(await getOpenLink(db, "reset", token))) {
    return failure("conflict", "This link has been used, replaced or has expired. Please ask for a new one.");
  }
  const result = await resetPassword(db, token, await hashPassword(password));
  if (!result.ok) return result;
  redirect("/login?password=changed");
});
