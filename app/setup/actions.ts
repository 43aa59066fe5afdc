"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { createDueSessions } from "@/db/mutations/demo-session-rule";
import { claimAcademy } from "@/db/mutations/setup";
import { formAction } from "@/lib/action";
import { emailSchema, nameSchema, passwordSchema } from "@/lib/auth/credentials";
import { limitSetup } from "@/lib/auth/limits";
import { hashPassword } from "@/lib/auth/password";
import { requestDevice, setSessionCookie } from "@/lib/auth/sign-in";
import { isTimeZone } from "@/lib/dates";
import { usualRule } from "@/lib/demo-sessions/weekly-rule";

const schema = z.object({
  token: z.string().min(1),
  academyName: z.string().trim().min(1, "Please name your academy.").max(100, "At most 100 characters."),
  timeZone: z.string().trim().refine(isTimeZone, "Give a time zone such as Europe/Lisbon or America/Chicago."),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
  weeklyDemos: z.literal("on").optional(),
});

export const claimAcademyAction = formAction(schema, async ({ token, password, weeklyDemos, ...admin }) => {
  const db = getDb();
  const device = await requestDevice();
  const limited = await limitSetup(db, device.ip);
  if (limited) return limited;
  const first = {
    ...admin,
    passwordHash: await hashPassword(password),
    demoRule: weeklyDemos ? usualRule(admin.timeZone) : null,
  };
  const result = await claimAcademy(db, token, first, device);
  if (!result.ok) return result;
  // At once rather than by the next half hour's job, which does the same.
  await createDueSessions(db, { type: "user", id: result.data.userId, role: "admin" }, new Date());
  await setSessionCookie(result.data.sid);
  redirect("/admin");
});
