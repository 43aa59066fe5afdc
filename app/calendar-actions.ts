"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { issueCalendarToken, revokeCalendarToken } from "@/db/mutations/calendar-token";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { newFeed } from "@/lib/demo-sessions/feed-token";

/** Every page that shows somebody their own link. */
const refresh = () => {
  revalidatePath("/portal/demo-sessions");
  revalidatePath("/account");
};

/** A new link to one's own calendar feed; the one before ends. */
export const issueCalendarAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer("/account");
  const result = await issueCalendarToken(getDb(), actorOf(viewer), viewer.id, newFeed());
  if (result.ok) refresh();
  return result;
});

export const revokeCalendarAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer("/account");
  const result = await revokeCalendarToken(getDb(), actorOf(viewer), viewer.id);
  if (result.ok) refresh();
  return result;
});
