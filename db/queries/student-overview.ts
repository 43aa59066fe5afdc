import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus } from "@/db/enums";
import { academyZone, localDay, shownEnrolment, weekOf } from "./fragments";

export type StudentOverview = {
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  weekMs: number | null;
  weekDays: number;
  timeZone: string;
  connectionStatus: ConnectionStatus | null;
  lastSyncedAt: string | null;
  brokenAt: string | null;
};

/** The start page of a student: their batch, their last seven days and how fresh those are, in one statement. */
export async function getStudentOverview(db: Db, userId: number, now: Date): Promise<StudentOverview> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  const [row] = await db.execute<StudentOverview>(sql`
    select e.batch_name as "batchName", e.status as "enrolmentStatus", week.total_ms as "weekMs",
      week.days as "weekDays", ${zone} as "timeZone", c.status as "connectionStatus",
      to_json(c.last_synced_at) #>> '{}' as "lastSyncedAt", to_json(c.broken_at) #>> '{}' as "brokenAt"
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(at)} on true
    left join connection c on c.user_id = u.id
    cross join ${weekOf(localDay(at, zone))}
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in student has no user row");
  return row;
}
