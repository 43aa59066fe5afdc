import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { auditEvent } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { currentRequest } from "@/lib/observability/request-context";

export type AuditChange = {
  action: string;
  subjectType: string;
  subjectId: number | null;
  /** What the subject is called in the log, after it is gone too. */
  label: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** The student whom an admin views the product as. */
  actingAs?: number;
};

/** Writes down a change. Call it with the transaction that makes the change; never pass a secret. */
export async function recordAudit(db: Db, actor: Actor, change: AuditChange): Promise<void> {
  const request = currentRequest();
  await db.insert(auditEvent).values({
    ...(actor.type === "user" ? { actorUserId: actor.id } : { actorJob: actor.job }),
    ...change,
    requestId: request?.id,
    ip: request?.remoteAddress,
  });
}

/** Writes down many changes of one occasion in one statement. */
export async function recordAudits(db: Db, actor: Actor, changes: AuditChange[]): Promise<void> {
  if (changes.length === 0) return;
  const request = currentRequest();
  const actorUserId = actor.type === "user" ? actor.id : null;
  const actorJob = actor.type === "user" ? null : actor.job;
  await db.execute(sql`
    insert into audit_event (actor_user_id, actor_job, acting_as, action, subject_type, subject_id, label, before, after,
      request_id, ip)
    select ${actorUserId}::int, ${actorJob}::text, c."actingAs", c.action, c."subjectType", c."subjectId", c.label,
      c.before, c.after, ${request?.id ?? null}::text, ${request?.remoteAddress ?? null}::inet
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c("actingAs" int, action text, "subjectType" text,
      "subjectId" int, label text, before jsonb, after jsonb)`);
}
