import type { Db } from "@/db/client";
import { auditEvent } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { currentRequest } from "@/lib/observability/request-context";

type Change = {
  action: string;
  subjectType: string;
  subjectId: number | null;
  /** What the subject is called in the log, after it is gone too. */
  label: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Writes down a change. Call it with the transaction that makes the change; never pass a secret. */
export async function recordAudit(db: Db, actor: Actor, change: Change): Promise<void> {
  const request = currentRequest();
  await db.insert(auditEvent).values({
    ...(actor.type === "user" ? { actorUserId: actor.id } : { actorJob: actor.job }),
    ...change,
    requestId: request?.id,
    ip: request?.remoteAddress,
  });
}
