import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";

/** A second click, or a second admin's, means the same start. */
const PAUSE_SECONDS = 10;

/**
 * Writes down that somebody starts a job out of its turn; `tx` is the transaction that then asks for it. Of several at
 * the same time one is let through.
 */
export async function recordJobStart(tx: Db, actor: Actor, job: string): Promise<ActionResult> {
  if (!can(actor, "job.run")) return failure("forbidden", "Only admins start jobs.");
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('start a job'), hashtext(${job}))`);
  // By idx_audit_event_action. The clock of the statement: the transaction's stood still while it waited for the lock.
  const recent = await tx.execute(sql`
    select from audit_event
    where action = 'job.run' and at > statement_timestamp() - make_interval(secs => ${PAUSE_SECONDS}) and label = ${job}
    limit 1`);
  if (recent.length > 0) return failure("rate_limited", "It was started a moment ago.");
  await recordAudit(tx, actor, { action: "job.run", subjectType: "job", subjectId: null, label: job });
  return ok();
}
