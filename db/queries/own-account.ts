import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AssignmentStatus, EnrolmentStatus, Role } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { academyZone, constant, shownEnrolment } from "./fragments";

/** Of more sign-ins than these, the ones seen longest ago are counted only. */
const SIGN_INS_SHOWN = 20;

/** Where a person is signed in now: never a token, nor what one is made of. */
export type SignIn = {
  id: number;
  /** As the browser calls itself; null when it did not. */
  device: string | null;
  ip: string | null;
  lastSeenAt: string;
  createdAt: string;
  /** The one that asks. */
  isThis: boolean;
};

export type OwnAccount = {
  version: number;
  name: string;
  role: Role;
  email: string;
  pendingEmail: string | null;
  isVerified: boolean;
  hasPassword: boolean;
  phone: string | null;
  timeZone: string | null;
  /** The zone that holds without one of one's own, and whose it is. */
  otherZone: string;
  otherZoneOf: "batch" | "academy";
  /** The number of a student. */
  studentId: number | null;
  /** The enrolment that is shown. */
  batch: { name: string; status: EnrolmentStatus; from: DateString; to: DateString | null } | null;
  /** The project they work on now. */
  project: { name: string; status: AssignmentStatus } | null;
  signIns: { total: number; rows: SignIn[] };
};

type Asking = {
  userId: number;
  /** The session that asks; null where somebody else looks on, who is shown no sign-ins. */
  sessionId: number | null;
};

/**
 * What stands on one's own page, in one statement for `/portal/profile` and `/account`. Unique indexes find the person
 * and their student row, idx_session_user their sign-ins.
 */
export async function getOwnAccount(db: Db, { userId, sessionId }: Asking, now: Date): Promise<OwnAccount | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<OwnAccount>(sql`
    select u.version, u.name, u.role, u.email, u.pending_email as "pendingEmail",
      u.email_verified_at is not null as "isVerified", u.password_hash is not null as "hasPassword", u.phone,
      u.time_zone as "timeZone", coalesce(e.batch_time_zone, ${academyZone}) as "otherZone",
      case when e.batch_id is null then 'academy' else 'batch' end as "otherZoneOf", st.id as "studentId",
      case when e.batch_id is not null then json_build_object('name', e.batch_name, 'status', e.status,
        'from', e.from_date, 'to', e.to_date) end as batch,
      (select json_build_object('name', p.name, 'status', a.status)
        from assignment a join project p on p.id = a.project_id
        where a.student_id = st.id and a.status in ('assigned', 'active')) as project,
      (select json_build_object('total', coalesce(max(s.total), 0), 'rows', coalesce(json_agg(json_build_object(
          'id', s.id, 'device', s.device, 'ip', host(s.ip), 'lastSeenAt', s.last_seen_at, 'createdAt', s.created_at,
          'isThis', s.is_this) order by s.is_this desc, s.last_seen_at desc, s.id desc), '[]'))
        from (
          select s.id, s.device, s.ip, s.last_seen_at, s.created_at, s.id = ${sessionId}::int as is_this,
            count(*) over () as total
          from session s
          where ${sessionId}::int is not null and s.user_id = u.id and s.revoked_at is null and s.expires_at > ${at}
          order by is_this desc, s.last_seen_at desc, s.id desc
          limit ${constant(SIGN_INS_SHOWN)}
        ) s) as "signIns"
    from "user" u
    left join student st on st.user_id = u.id and u.role = 'student'
    left join ${shownEnrolment(at)} on true
    where u.id = ${userId}`);
  return row ? { ...row } : null;
}
