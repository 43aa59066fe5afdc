"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { startViewing } from "@/db/mutations/view-as";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { LARGEST_ID } from "@/lib/table-params";

/** Used by every page that shows a student. `app/end-viewing.ts` is the way back. */
export const startViewingAction = formAction(
  z.object({ userId: z.coerce.number().int().min(1).max(LARGEST_ID) }),
  async ({ userId }) => {
    const viewer = await requireViewer("/admin");
    const started = await startViewing(getDb(), actorOf(viewer), viewer.sessionId, userId);
    if (!started.ok) return started;
    // The banner is in the outermost layout, which a mere change of page leaves as it is.
    revalidatePath("/", "layout");
    redirect("/portal");
  },
);
