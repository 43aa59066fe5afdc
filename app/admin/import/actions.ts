"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { invitePerson, resendInvitation } from "@/db/mutations/invite";
import { formAction } from "@/lib/action";
import { emailSchema, nameSchema } from "@/lib/auth/credentials";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { ok } from "@/lib/errors";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const person = { name: nameSchema, email: emailSchema };

const inviteSchema = z.discriminatedUnion("role", [
  z.object({ ...person, role: z.literal("student"), batchId: id.catch(0) }),
  z.object({ ...person, role: z.literal("instructor") }),
]);

export const inviteAction = formAction(inviteSchema, async (invitee) => {
  const actor = actorOf(await requireViewer("/admin/import"));
  const db = getDb();
  const result = await invitePerson(db, actor, invitee, newLink("invite"));
  if (!result.ok) return result;
  await askToSend(db);
  revalidatePath("/admin/import");
  return ok({ email: invitee.email });
});

export const resendAction = formAction(z.object({ userId: id }), async ({ userId }) => {
  const actor = actorOf(await requireViewer("/admin/import"));
  const db = getDb();
  const result = await resendInvitation(db, actor, userId, newLink("invite"));
  if (!result.ok) return result;
  await askToSend(db);
  revalidatePath("/admin/import");
  return result;
});
