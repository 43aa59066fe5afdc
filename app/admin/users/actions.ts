"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { roles } from "@/db/enums";
import { moveStudent } from "@/db/mutations/enrolment";
import { changeUserRole } from "@/db/mutations/user";
import { disableUser, enableUser, sendPasswordReset, signOutUser } from "@/db/mutations/user-access";
import { editUser } from "@/db/mutations/user-edit";
import { formAction } from "@/lib/action";
import { emailSchema, nameSchema, optional, phoneSchema } from "@/lib/auth/credentials";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { moveForm } from "@/lib/enrolment-fields";
import type { ActionResult } from "@/lib/errors";
import { newLink } from "@/lib/notify/link-token";
import { askToSend } from "@/lib/notify/notify";

const PAGE = "/admin/users";
const id = z.coerce.number().int().min(1).max(2_147_483_647);
const person = { userId: id };
const version = { version: id };

const actor = async () => actorOf(await requireStaff(PAGE));

/** What a change altered shows at once. */
async function refreshing<T>(result: ActionResult<T>): Promise<ActionResult<T>> {
  if (result.ok) revalidatePath(PAGE);
  return result;
}

/** A place in a demo session may have gone to somebody else by it, who is told at once. */
async function handingOn<T>(result: ActionResult<T>): Promise<ActionResult<T>> {
  if (result.ok) await askToSend(getDb());
  return refreshing(result);
}

export const editUserAction = formAction(
  z.object({ ...person, ...version, name: nameSchema, phone: optional(phoneSchema), email: optional(emailSchema) }),
  async ({ userId, version, phone = null, ...edit }) =>
    refreshing(await editUser(getDb(), await actor(), { userId }, { ...edit, phone }, version)),
);

export const changeRoleAction = formAction(
  z.object({ ...person, ...version, role: z.enum(roles), batchId: optional(id) }),
  async ({ userId, role, ...more }) => handingOn(await changeUserRole(getDb(), await actor(), userId, role, more)),
);

export const moveUserAction = formAction(moveForm, async (input) =>
  handingOn(await moveStudent(getDb(), await actor(), input)),
);

const reason = z.string().trim().min(1, "Please say why.").max(500, "At most 500 characters.");

export const disableUserAction = formAction(z.object({ ...person, reason }), async ({ userId, reason }) =>
  handingOn(await disableUser(getDb(), await actor(), userId, reason)),
);

export const enableUserAction = formAction(z.object(person), async ({ userId }) =>
  refreshing(await enableUser(getDb(), await actor(), userId)),
);

export const signOutUserAction = formAction(z.object(person), async ({ userId }) =>
  refreshing(await signOutUser(getDb(), await actor(), userId)),
);

export const sendResetAction = formAction(z.object(person), async ({ userId }) => {
  const db = getDb();
  const sent = await sendPasswordReset(db, await actor(), userId, newLink("reset"));
  if (sent.ok) await askToSend(db);
  return sent;
});
