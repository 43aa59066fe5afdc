"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import { archiveBatch, createBatch, editBatch } from "@/db/mutations/batch";
import { deleteBatch } from "@/db/mutations/batch-delete";
import { addBatchInstructor, removeBatchInstructor } from "@/db/mutations/batch-instructor";
import { limitRegistrationKey, rotateRegistrationKey, switchRegistrationKey } from "@/db/mutations/batch-key";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import type { ActionResult } from "@/lib/errors";
import { askToSend } from "@/lib/notify/notify";
import {
  archiveSchema,
  batchSchema,
  deleteSchema,
  instructorSchema,
  limitKeySchema,
  newBatchSchema,
  rotateKeySchema,
  switchKeySchema,
} from "./batch-input";

const PATH = "/admin/batches";
const actor = async () => actorOf(await requireViewer(PATH));

/** What changed shows on every page of batches. */
function refreshed(result: ActionResult): ActionResult {
  if (result.ok) revalidatePath(PATH, "layout");
  return result;
}

export const createBatchAction = formAction(newBatchSchema, async (content) => {
  const result = await createBatch(getDb(), await actor(), content);
  if (!result.ok) return result;
  redirect(`${PATH}/${result.data.id}`);
});

export const editBatchAction = formAction(batchSchema, async ({ batchId, ...edit }) =>
  refreshed(await editBatch(getDb(), await actor(), batchId, edit)),
);

export const archiveBatchAction = formAction(archiveSchema, async ({ batchId, archived }) =>
  refreshed(await archiveBatch(getDb(), await actor(), batchId, archived)),
);

export const deleteBatchAction = formAction(deleteSchema, async ({ batchId, moveTo, ...agreed }) => {
  const db = getDb();
  const result = await deleteBatch(db, await actor(), { batchId, moveTo, agreed });
  if (!result.ok) return result;
  // Who is moved may leave a place in a demo session to somebody, who is told.
  await askToSend(db);
  revalidatePath(PATH, "layout");
  redirect(PATH);
});

export const rotateKeyAction = formAction(rotateKeySchema, async ({ batchId, version }) =>
  refreshed(await rotateRegistrationKey(getDb(), await actor(), batchId, version)),
);

export const switchKeyAction = formAction(switchKeySchema, async ({ batchId, active }) =>
  refreshed(await switchRegistrationKey(getDb(), await actor(), batchId, active)),
);

export const limitKeyAction = formAction(limitKeySchema, async ({ batchId, ...limits }) =>
  refreshed(await limitRegistrationKey(getDb(), await actor(), batchId, limits)),
);

export const addInstructorAction = formAction(instructorSchema, async ({ batchId, userId }) =>
  refreshed(await addBatchInstructor(getDb(), await actor(), batchId, userId)),
);

export const removeInstructorAction = formAction(instructorSchema, async ({ batchId, userId }) =>
  refreshed(await removeBatchInstructor(getDb(), await actor(), batchId, userId)),
);
