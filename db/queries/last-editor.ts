import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Who changed this last, by name; null for a job or when nothing is known. idx_audit_event_subject carries it. */
export async function getLastEditor(db: Db, subjectType: string, subjectId: number): Promise<string | null> {
  const [row] = await db.execute<{ name: string | null }>(sql`
    select u.name
    from audit_event e
    left join "user" u on u.id = e.actor_user_id
    where e.subject_type = ${subjectType} and e.subject_id = ${subjectId}
    order by e.at desc, e.id desc
    limit 1`);
  return row?.name ?? null;
}
