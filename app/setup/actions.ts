"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { claimAcademy } from "@/db/mutations/setup";
import { formAction } from "@/lib/action";
import { emailSchema, nameSchema, passwordSchema } from "@/lib/auth/credentials";
import { limitSetup } from "@/lib/auth/limits";
import { hashPassword } from "@/lib/auth/password";
import { requestDevice, setSessionCookie } from "@/lib/auth/sign-in";
import { isTimeZone } from "@/lib/dates";

const schema = z.object({
  token: z.string().min(1),
  academyName: z.string().trim().min(1, "Please name your academy.").max(100, "At most 100 characters."),
  timeZone: z.string().trim().refine(isTimeZone, "Give a time zone such as Europe/Lisbon or America/Chicago."),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
});

export const claimAcademyAction = formAction(schema, async ({ token, password, ...admin }) => {
  const db = getDb();
  const device = await requestDevice();
  const limited = await limitSetup(db, device.ip);
  if (limited) return limited;
  const result = await claimAcademy(db, token, { ...admin, passwordHash: await hashPassword(password) }, device);
  if (!result.ok) return result;
  await setSessionCookie(result.data.sid);
  redirect("/admin");
});
