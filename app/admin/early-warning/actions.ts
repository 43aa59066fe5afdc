"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { riskResponses } from "@/db/enums";
import { answerRisk, reopenRisk } from "@/db/mutations/risk-answer";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { isDate } from "@/lib/dates";

const PATH = "/admin/early-warning";
const studentId = z.coerce.number().int().positive();

const answer = z.object({
  studentId,
  response: z.enum(riskResponses, "Please choose what you did."),
  reason: z.string().trim().min(1, "Please say why, in a few words.").max(1_000, "At most 1,000 characters."),
  until: z
    .string()
    .trim()
    .transform((value) => value || null)
    .refine((value) => value === null || isDate(value), "Give a date as YYYY-MM-DD.")
    .optional(),
});

export const answerRiskAction = formAction(answer, async ({ studentId, until = null, ...given }) => {
  const actor = actorOf(await requireViewer(PATH));
  const result = await answerRisk(getDb(), actor, studentId, { ...given, until }, new Date());
  if (result.ok) revalidatePath(PATH);
  return result;
});

export const reopenRiskAction = formAction(z.object({ studentId }), async ({ studentId }) => {
  const result = await reopenRisk(getDb(), actorOf(await requireViewer(PATH)), studentId, new Date());
  if (result.ok) revalidatePath(PATH);
  return result;
});
