import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, Role } from "@/db/enums";
import { batchesToJoin, instructorsOf } from "./enrolment-change";
import { academyZone, isShown, localDay, shownEnrolment, weekOf } from "./fragments";
import { holdsToday } from "./sync-scope";
import { type Looker, seesAddress } from "./user-list";

export type BatchChoice = { id: number; name: string };

export type UserDetail = {
  id: number;
  version: number;
  name: string;
  role: Role;
  /** Whether the looker may see e-mail address and phone number; both are null when not. */
  seesAddress: boolean;
  email: string | null;
  phone: string | null;
  emailVerifiedAt: string | null;
  disabledAt: string | null;
  disabledReason: string | null;
  /** When it was deleted, and when it is to be; ISO. */
  deletedAt: string | null;
  deletionDueAt: string | null;
  joinedAt: string;
  lastSignInAt: string | null;
  openSessions: number;
  studentId: number | null;
  batchId: number | null;
  batchName: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  /** The shown enrolment is over: it can be followed by another one only. */
  isOver: boolean;
  /** Of the shown enrolment; 0 without one. */
  enrolmentVersion: number;
  connectionStatus: ConnectionStatus | null;
  lastSyncedAt: string | null;
  brokenAt: string | null;
  weekMs: number | null;
  weekDays: number;
  /** Who teaches the batch they are in today. */
  instructorIds: number[];
  /** Who teaches the shown batch, today's or one to come, unless it is over: theirs to change is the enrolment. */
  enrolmentInstructorIds: number[];
  /** Batches that the looker can put them into: every open one for an admin, those that they teach for an instructor. */
  batches: BatchChoice[];
};

const teachersOf = sql`(
  select coalesce(json_agg(bi.user_id), '[]')
  from student own
  join enrolment en on en.student_id = own.id
  join batch b on b.id = en.batch_id and ${holdsToday}
  join batch_instructor bi on bi.batch_id = b.id
  where own.user_id = u.id)`;

/** The side panel of `/admin/users`, in one statement; null when there is no such user. */
export async function getUserDetail(db: Db, userId: number, looker: Looker, now: Date): Promise<UserDetail | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const sees = seesAddress(looker);
  const isOver = sql`coalesce(e.to_date <= ${localDay(at, sql`e.batch_time_zone`)}, false)`;
  const [row] = await db.execute<{ detail: UserDetail }>(sql`
    select json_build_object(
      'id', u.id, 'version', u.version, 'name', u.name, 'role', u.role, 'seesAddress', ${sees},
      'email', case when ${sees} then u.email end, 'phone', case when ${sees} then u.phone end,
      'emailVerifiedAt', u.email_verified_at, 'disabledAt', u.disabled_at, 'disabledReason', u.disabled_reason,
      'deletedAt', u.anonymised_at, 'deletionDueAt', u.deletion_due_at,
      'joinedAt', u.created_at, 'lastSignInAt', u.last_sign_in_at,
      'openSessions', (select count(*)::int from session s
        where s.user_id = u.id and s.revoked_at is null and s.expires_at > ${at}),
      'studentId', st.id, 'batchId', e.batch_id, 'batchName', e.batch_name, 'enrolmentStatus', e.status,
      'isOver', ${isOver}, 'enrolmentVersion', coalesce((
        select en.version from enrolment en where en.student_id = st.id and ${isShown(at)}), 0),
      'enrolmentInstructorIds', ${instructorsOf(sql`select e.batch_id where not ${isOver}`)},
      'connectionStatus', c.status, 'lastSyncedAt', c.last_synced_at, 'brokenAt', c.broken_at,
      'weekMs', week.total_ms, 'weekDays', week.days, 'instructorIds', ${teachersOf},
      'batches', ${batchesToJoin(looker, at, sql`e.batch_id`)}) as detail
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(at)} on true
    left join connection c on c.user_id = u.id
    cross join ${weekOf(localDay(at, sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`))}
    where u.id = ${userId}`);
  return row?.detail ?? null;
}

/** Who teaches the batch that this user is in today. */
export async function getTeachersOf(db: Db, userId: number): Promise<number[]> {
  const [row] = await db.execute<{ ids: number[] }>(sql`
    select ${teachersOf} as ids from "user" u where u.id = ${userId}`);
  return row?.ids ?? [];
}
