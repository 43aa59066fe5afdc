"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { setNoteDone } from "@/db/mutations/note";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { LARGEST_ID } from "@/lib/table-params";

const PATH = "/admin/today";

/** A follow-up is done: it leaves the day, and stays on the student's page. */
export const finishFollowUpAction = formAction(
  z.object({ noteId: z.coerce.number().int().min(1).max(LARGEST_ID) }),
  async ({ noteId }) => {
    const actor = actorOf(await requireViewer(PATH));
    const result = await setNoteDone(getDb(), actor, noteId, true);
    if (result.ok) revalidatePath(PATH);
    return result;
  },
);
