"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { confirmEmail } from "@/db/mutations/account-address";
import { formAction } from "@/lib/action";

export const confirmEmailAction = formAction(z.object({ token: z.string().min(1).max(100) }), async ({ token }) => {
  const result = await confirmEmail(getDb(), token);
  if (!result.ok) return result;
  redirect("/verify-email?confirmed=1");
});
