"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { historyChoices } from "@/db/mutations/connection";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { isWakatimeConfigured, wakatimeAccess } from "@/lib/wakatime/access";
import { connectionPage } from "@/lib/wakatime/connect-result";
import { endConnection } from "@/lib/wakatime/connection-end";

export const disconnectAction = formAction(
  z.object({ history: z.enum(historyChoices, "Choose what happens to your hours.") }),
  async ({ history }) => {
    const viewer = await requireViewer(connectionPage());
    if (!can(actorOf(viewer), "connection.change")) return failure("forbidden", "Only students have a WakaTime link.");
    const db = getDb();
    const access = isWakatimeConfigured() ? wakatimeAccess(db) : null;
    redirect(connectionPage(await endConnection({ db, access, viewer, history })));
  },
);
