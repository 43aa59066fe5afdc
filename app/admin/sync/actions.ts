"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { getDb } from "@/db/client";
import { getSyncSubject } from "@/db/queries/sync-scope";
import type { SyncScope } from "@/db/queries/sync-subjects";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { type Failure, failure } from "@/lib/errors";
import { jobsBackend } from "@/lib/jobs/backend";
import { startSync } from "@/lib/jobs/sync-start";
import { isWakatimeConfigured } from "@/lib/wakatime/access";
import { backFillFaults } from "./back-fill-range";

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const EVERYBODY = "everybody";
const batchScope = z
  .union([z.literal(EVERYBODY), id])
  .transform((value): SyncScope => (value === EVERYBODY ? {} : { batchId: value }));

const forbidden = () => failure("forbidden", "You may sync the students of your own batches only.");

/** Why nothing can be started in this installation, whoever asks. */
function obstacle(): Failure | null {
  if (jobsBackend() === "off") {
    return failure("unavailable", "Background jobs are off in this installation, so nothing would run the sync.");
  }
  if (!isWakatimeConfigured()) return failure("unavailable", "This installation is not connected to WakaTime.");
  return null;
}

const nameOf = ({ userId, batchId }: SyncScope) =>
  userId ? `user-${userId}` : batchId ? `batch-${batchId}` : EVERYBODY;

/** Names the occasion: two clicks at once, or in two windows, mean the same one, and the second finds the first's run. */
const keyOf = (work: string[], lastRunId: number) => ["manual", ...work, `after-${lastRunId}`].join(":");

const leadToOpenRun = (runId: number): never => redirect(`/admin/sync/${runId}?already=1`);

const leadTo = ({ runId, started }: { runId: number; started: boolean }): never =>
  started ? redirect(`/admin/sync/${runId}`) : leadToOpenRun(runId);

/** Leads to the run: a new one, or the one of the same scope that is not over. */
async function syncNow(scope: SyncScope): Promise<Failure> {
  const actor = actorOf(await requireViewer("/admin/sync"));
  const db = getDb();
  const subject = await getSyncSubject(db, scope);
  // Whoever may start nothing is not told what exists.
  if (!subject) return can(actor, "sync.start", null) ? failure("not_found", "There is nothing to sync.") : forbidden();
  const { instructorIds, openRunId, lastRunId, leased } = subject;
  if (!can(actor, "sync.start", instructorIds && { instructorIds })) return forbidden();
  if (openRunId) leadToOpenRun(openRunId);
  if (leased) return failure("conflict", "This student is being synced already. Please try again in a minute.");
  const blocked = obstacle();
  if (blocked) return blocked;
  return leadTo(await startSync(db, { actor, scope, key: keyOf([nameOf(scope)], lastRunId) }));
}

export const syncNowAction = formAction(z.object({ scope: batchScope }), ({ scope }) => syncNow(scope));

export const syncStudentAction = formAction(z.object({ userId: id }), ({ userId }) => syncNow({ userId }));

export const backFillAction = formAction(
  z.object({ scope: batchScope, from: z.string().trim(), to: z.string().trim() }),
  async ({ scope, from, to }) => {
    const actor = actorOf(await requireViewer("/admin/sync"));
    if (!can(actor, "sync.back-fill")) return failure("forbidden", "Only admins may fill past days.");
    const db = getDb();
    const subject = await getSyncSubject(db, scope, { from, to });
    if (!subject) return failure("not_found", "There is no such batch any more.");
    const fields = backFillFaults(from, to, subject.today);
    if (Object.keys(fields).length > 0) return failure("invalid", "Please look at the marked fields.", { fields });
    const { openRunId, lastRunId } = subject;
    if (openRunId) leadToOpenRun(openRunId);
    const blocked = obstacle();
    if (blocked) return blocked;
    const key = keyOf([nameOf(scope), from, to], lastRunId);
    return leadTo(await startSync(db, { actor, scope, range: { from, to }, key }));
  },
);
