"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { redeemRegistrationKey } from "@/db/mutations/account";
import { getBatchByRegistrationKey } from "@/db/queries/account";
import { formAction } from "@/lib/action";
import { registrationKeySchema } from "@/lib/auth/credentials";
import { requireViewer } from "@/lib/auth/current";
import { limitSignUp } from "@/lib/auth/limits";
import { requestDevice } from "@/lib/auth/sign-in";
import { connectionPage } from "@/lib/wakatime/connect-result";

export const redeemKeyAction = formAction(
  z.object({ registrationKey: registrationKeySchema }),
  async ({ registrationKey }) => {
    const viewer = await requireViewer("/welcome");
    const db = getDb();
    const opened = await getBatchByRegistrationKey(db, registrationKey);
    const limited = await limitSignUp(db, (await requestDevice()).ip, opened !== null);
    if (limited) return limited;
    const result = await redeemRegistrationKey(db, viewer.id, registrationKey);
    if (!result.ok) return result;
    // The next thing to do: the three steps that bring their hours.
    redirect(connectionPage("joined"));
  },
);
