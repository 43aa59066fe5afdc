import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { sessionStart } from "./demo-session-state";
import { academyZone, shownEnrolment } from "./fragments";

export type PortalPrivacy = {
  hidesProjectNames: boolean;
  hasPassword: boolean;
  email: string;
  zone: string;
  /** ISO; null unless the account is to be deleted. */
  deletionDueAt: string | null;
  connected: boolean;
  /** Days with coding time stored. */
  days: number;
  /** Of sessions to come, waiting ones too. */
  places: number;
  /** Given by the academy, which anybody who has the address can check. */
  issuedCertificates: number;
};

/** `/portal/privacy` in one statement, by the indexes of the person and the student. */
export async function getPortalPrivacy(db: Db, userId: number, now: Date): Promise<PortalPrivacy> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<PortalPrivacy>(sql`
    select u.hide_project_names as "hidesProjectNames", u.password_hash is not null as "hasPassword", u.email,
      coalesce(u.time_zone, e.batch_time_zone, ${academyZone}) as zone,
      to_json(u.deletion_due_at) #>> '{}' as "deletionDueAt",
      exists (select from connection c where c.user_id = u.id) as connected,
      (select count(*)::int from daily_summary d where d.user_id = u.id) as days,
      (select count(*)::int from demo_signup g join demo_session s on s.id = g.session_id
        where g.student_id = st.id and g.status in ('scheduled', 'waitlisted') and not s.is_cancelled
          and ${sessionStart} > ${at}) as places,
      (select count(*)::int from certificate c where c.student_id = st.id and c.verify_code is not null)
        as "issuedCertificates"
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(at)} on true
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in student has no user row");
  return { ...row };
}
