"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { cancelDeletion } from "@/db/mutations/account-deletion";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";

/** The button of the banner: in the portal, and on the pages of who is no student any more. */
export const cancelDeletionAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer("/portal/privacy");
  const result = await cancelDeletion(getDb(), actorOf(viewer));
  if (result.ok) revalidatePath("/", "layout");
  return result;
});
