"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { changePreferenceByLink } from "@/db/mutations/notification-preference";
import { formAction } from "@/lib/action";
import { failure } from "@/lib/errors";
import { readUnsubscribeToken, unsubscribePage } from "@/lib/notify/unsubscribe-link";

/** Stops mails, or lets them come again, for whoever holds the link of one of them; nobody need be signed in. */
export const unsubscribeAction = formAction(
  z.object({ token: z.string().max(100), on: z.enum(["yes", "no"]) }),
  async ({ token, on }) => {
    const about = readUnsubscribeToken(token);
    if (!about) return failure("invalid", "This link is not whole: open it from the mail once more.");
    const result = await changePreferenceByLink(getDb(), about, on === "yes");
    return result.ok ? redirect(unsubscribePage(about)) : result;
  },
);
