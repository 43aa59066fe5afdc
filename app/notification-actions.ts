"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { changePreference } from "@/db/mutations/notification-preference";
import { noticeGroups } from "@/db/queries/notice-groups";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { limitSlackLookup } from "@/lib/auth/limits";
import { type ActionResult, ok } from "@/lib/errors";
import { findInSlack, type Membership } from "@/lib/notify/slack-member";

const schema = z.object({ group: z.enum(noticeGroups), way: z.enum(["mail", "slack"]), on: z.enum(["yes", "no"]) });

/** Switches one way of being told; whoever asks for messages in Slack learns whether they are found there. */
export const changePreferenceAction = formAction(
  schema,
  async ({ group, way, on }): Promise<ActionResult<Membership | null>> => {
    const viewer = await requireViewer("/notifications");
    const db = getDb();
    const changed = await changePreference(db, actorOf(viewer), viewer.id, { group, way, on: on === "yes" });
    if (!changed.ok) return changed;
    revalidatePath("/portal/notifications");
    revalidatePath("/account/notifications");
    if (way === "mail" || on === "no") return ok(null);
    return ok((await limitSlackLookup(db, viewer.id)) ? "unknown" : await findInSlack(db, viewer.email));
  },
);
