"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { moveStudent } from "@/db/mutations/enrolment";
import { disableUser } from "@/db/mutations/user-access";
import { listUserRefs, type UserRef } from "@/db/queries/user-refs";
import { formAction } from "@/lib/action";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure } from "@/lib/errors";
import { runBulk } from "@/lib/lists/run-bulk";
import { type Selected, selectedIds, selectionField } from "@/lib/lists/selection";
import { servedUsers } from "@/lib/lists/users-served";
import { askToSend } from "@/lib/notify/notify";

const PAGE = "/admin/users";

async function withSelected(selection: Selected, act: (user: UserRef, actor: Actor) => Promise<ActionResult<unknown>>) {
  const viewer = await requireStaff(PAGE);
  const actor = actorOf(viewer);
  if (!can(actor, "user.edit")) return failure("forbidden", "Only admins change many users at once.");
  const db = getDb();
  const ids = await selectedIds(db, servedUsers, selection, viewer, new Date());
  const result = await runBulk(await listUserRefs(db, ids), (user) => act(user, actor));
  // A place in a demo session may have gone to somebody else by it, who is told at once.
  await askToSend(db);
  revalidatePath(PAGE);
  return result;
}

const reason = z.string().trim().min(1, "Please say why.").max(500, "At most 500 characters.");

export const bulkDisableAction = formAction(z.object({ selection: selectionField, reason }), ({ selection, reason }) =>
  withSelected(selection, (user, actor) => disableUser(getDb(), actor, user.id, reason)),
);

const batchId = z.coerce.number("Please choose a batch.").int().min(1, "Please choose a batch.").max(2_147_483_647);

export const bulkMoveAction = formAction(z.object({ selection: selectionField, batchId }), ({ selection, batchId }) =>
  withSelected(selection, async ({ studentId }, actor) =>
    studentId
      ? moveStudent(getDb(), actor, { studentId, batchId })
      : failure("invalid", "Only students are in a batch."),
  ),
);
