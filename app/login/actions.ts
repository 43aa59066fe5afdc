"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction } from "@/lib/action";
import { signInSchema } from "@/lib/auth/credentials";
import { landingFor, safeReturnPath } from "@/lib/auth/landing";
import { signInWithPassword } from "@/lib/auth/sign-in";

export const signInAction = formAction(
  signInSchema.extend({ next: z.string().optional() }),
  async ({ email, password, next }) => {
    const result = await signInWithPassword(email, password);
    if (!result.ok) return result;
    redirect(safeReturnPath(next) ?? landingFor(result.data.role));
  },
);
