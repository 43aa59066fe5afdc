"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { enrolmentStatuses } from "@/db/enums";
import { changeEnrolmentStatus, moveStudent } from "@/db/mutations/enrolment";
import { listStudentRefs } from "@/db/queries/student-refs";
import { formAction } from "@/lib/action";
import { optional } from "@/lib/auth/credentials";
import { actorOf, requireStaff } from "@/lib/auth/current";
import type { Actor } from "@/lib/auth/permissions";
import type { ActionResult } from "@/lib/errors";
import { runBulk } from "@/lib/lists/run-bulk";
import { type Selected, selectedIds, selectionField } from "@/lib/lists/selection";
import { servedStudents } from "@/lib/lists/students-served";
import { askToSend } from "@/lib/notify/notify";

const PAGE = "/admin/students";

/** Reasons without the name, which stands beside them: so that many of the same are told as one. */
function nameless(result: ActionResult, name: string): ActionResult {
  return !result.ok && result.message.startsWith(`${name} `)
    ? { ...result, message: result.message.slice(name.length + 1) }
    : result;
}

async function withSelected(selection: Selected, act: (studentId: number, actor: Actor) => Promise<ActionResult>) {
  const viewer = await requireStaff(PAGE);
  const ids = await selectedIds(getDb(), servedStudents, selection, viewer, new Date());
  const result = await runBulk(await listStudentRefs(getDb(), ids), async ({ id, name }) =>
    nameless(await act(id, actorOf(viewer)), name),
  );
  // A place in a demo session may have gone to somebody else by it, who is told at once.
  await askToSend(getDb());
  revalidatePath(PAGE);
  return result;
}

const from = optional(z.iso.date("Choose a day."));
const batchId = z.coerce.number("Please choose a batch.").int().min(1, "Please choose a batch.").max(2_147_483_647);

export const moveManyAction = formAction(
  z.object({ selection: selectionField, batchId, from }),
  ({ selection, ...move }) =>
    withSelected(selection, (studentId, actor) => moveStudent(getDb(), actor, { studentId, ...move })),
);

const status = z.enum(enrolmentStatuses, "Please choose a status.");
const reason = optional(z.string().trim().max(500, "At most 500 characters."));

export const changeManyAction = formAction(
  z.object({ selection: selectionField, status, from, reason }),
  ({ selection, ...change }) =>
    withSelected(selection, (studentId, actor) => changeEnrolmentStatus(getDb(), actor, { studentId, ...change })),
);
