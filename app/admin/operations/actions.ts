"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { explainStatement } from "@/db/queries/operations";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure, ok } from "@/lib/errors";
import { runJobNow, startableJobs } from "@/lib/jobs/run-now";
import { wordsOfDatabase } from "@/lib/observability/describe-error";
import { knownStatements } from "@/lib/observability/report";

const PATH = "/admin/operations";

const actor = async () => actorOf(await requireViewer(PATH));

export const runJobAction = formAction(z.object({ job: z.enum(startableJobs) }), async ({ job }) => {
  const result = await runJobNow(getDb(), await actor(), job, new Date());
  if (result.ok) revalidatePath(PATH);
  return result;
});

/** Plans what this instance itself has sent: the browser names a statement, its text never comes from there. */
export const explainAction = formAction(
  z.object({ statement: z.string().regex(/^[0-9a-f]{16}$/) }),
  async ({ statement }) => {
    if (!can(await actor(), "operations.read")) return failure("forbidden", "Only admins see how statements run.");
    const known = (await knownStatements()).find(({ id }) => id === statement);
    if (!known) return failure("not_found", "That statement is no longer among those that cost most.");
    try {
      return ok(await explainStatement(getDb(), known.text));
    } catch (error) {
      const words = wordsOfDatabase(error);
      if (!words) throw error;
      return failure("unavailable", `Postgres cannot plan it without values (version 16 or newer is needed): ${words}`);
    }
  },
);
