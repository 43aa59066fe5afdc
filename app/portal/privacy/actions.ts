"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { requestDeletion } from "@/db/mutations/account-deletion";
import { hideProjectNames } from "@/db/mutations/privacy";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { askToSend } from "@/lib/notify/notify";
import { refuseWrongOwner } from "@/lib/privacy/confirm-owner";

const PAGE = "/portal/privacy";

export const hideProjectNamesAction = formAction(
  z.object({ hidden: z.literal("on").optional() }),
  async ({ hidden }) => {
    const viewer = await requireViewer(PAGE);
    const result = await hideProjectNames(getDb(), actorOf(viewer), hidden === "on");
    if (result.ok) revalidatePath(PAGE);
    return result;
  },
);

export const requestDeletionAction = formAction(
  z.object({ currentPassword: z.string().max(100).default(""), email: z.string().max(254).default("") }),
  async (typed) => {
    const viewer = await requireViewer(PAGE);
    const db = getDb();
    // Before the password: whoever may not do this is no owner to be asked for one.
    if (!can(actorOf(viewer), "privacy.change")) return failure("forbidden", "Students delete their own account.");
    const refused = await refuseWrongOwner(db, viewer, typed);
    if (refused) return refused;
    const result = await requestDeletion(db, actorOf(viewer));
    if (!result.ok) return result;
    await askToSend(db);
    revalidatePath("/portal", "layout");
    redirect(`${PAGE}#deletion`);
  },
);
