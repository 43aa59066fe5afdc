import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EnrolmentStatus, Role } from "@/db/enums";
import { localDay } from "@/db/queries/fragments";
import { type Failure, failure } from "@/lib/errors";
import { atInstant } from "./demo-session-lock";

/** An enrolment that holds today where its batch is. */
type Held = { batchId: number; batchName: string; status: EnrolmentStatus; instructorIds: number[] };

export type Standing = {
  studentId: number;
  userId: number;
  name: string;
  role: Role;
  disabled: boolean;
  /** Nearly always one; two where one batch's day has ended and another's has begun. */
  held: Held[];
};

const ofBatch = (batchId: SQL) => sql`(${batchId} is null or en.batch_id = ${batchId})`;

const enabledStudent = (studentId: SQL) => sql`
  student st join "user" u on u.id = st.user_id
  join enrolment en on en.student_id = st.id
  join batch b on b.id = en.batch_id
  where st.id = ${studentId} and u.disabled_at is null and u.role = 'student'`;

const today = (now: Date) => localDay(atInstant(now), sql`b.time_zone`);

/** Whether a student can get a place: enabled, in class today, in the session's batch where it has one. */
export const canHavePlace = (now: Date, studentId: SQL, batchId: SQL): SQL => sql`exists (
  select from ${enabledStudent(studentId)} and ${ofBatch(batchId)} and en.status = 'active'
    and en.from_date <= ${today(now)} and (en.to_date is null or en.to_date > ${today(now)}))`;

/**
 * Whether a student keeps a place, or their turn in a waiting list: also while paused, and between two batches. What is
 * planned takes nothing away before its day.
 */
export const keepsPlace = (now: Date, studentId: SQL, batchId: SQL): SQL => sql`exists (
  select from ${enabledStudent(studentId)} and ${ofBatch(batchId)} and en.status in ('active', 'paused')
    and (en.to_date is null or en.to_date > ${today(now)}))`;

/**
 * Keeps a student's enrolment, role and account as they are until we commit: every change of them locks the student for
 * itself, and comes to the student's sign-ups only afterwards. To be taken before a session's lock.
 */
export async function holdStudent(tx: Db, studentId: number): Promise<void> {
  await tx.execute(sql`select id from student where id = ${studentId} for share`);
}

/** How a student stands today. */
export async function getStanding(tx: Db, studentId: number, now: Date): Promise<Standing | null> {
  const [row] = await tx.execute<Standing>(sql`
    select st.id as "studentId", u.id as "userId", u.name, u.role, u.disabled_at is not null as disabled, (
      select coalesce(json_agg(json_build_object('batchId', b.id, 'batchName', b.name, 'status', en.status,
        'instructorIds', (
          select coalesce(json_agg(bi.user_id), '[]') from batch_instructor bi where bi.batch_id = b.id))
        order by en.status = 'active' desc, en.from_date desc), '[]')
      from enrolment en join batch b on b.id = en.batch_id
      where en.student_id = st.id and en.from_date <= ${today(now)} and (en.to_date is null or en.to_date > ${today(now)})
    ) as held
    from student st join "user" u on u.id = st.user_id
    where st.id = ${studentId}`);
  return row ?? null;
}

/** Who teaches a student today, as permissions ask for it. */
export const teachersOf = ({ held }: Standing): { instructorIds: number[] } => ({
  instructorIds: held.flatMap(({ instructorIds }) => instructorIds),
});

const WHY: Record<Exclude<EnrolmentStatus, "active">, { self: string; other: string }> = {
  invited: { self: "You have not begun yet", other: "has not taken up the invitation yet" },
  paused: { self: "Your enrolment is paused", other: "is paused" },
  dropped: { self: "You are not in a batch any more", other: "has dropped out" },
  graduated: { self: "You have graduated", other: "has graduated" },
};

/** Why a student gets no place in a session, in words to themselves or about them; null when nothing speaks against it. */
export function refuseStanding(
  { name, role, disabled, held }: Standing,
  session: { batchId: number | null; batchName: string | null },
  isSelf: boolean,
): Failure | null {
  const refused = (self: string, other: string) => failure("conflict", isSelf ? self : `${name} ${other}`);
  if (disabled) return refused("Your account is disabled.", "has no account that is enabled.");
  const active = held.filter(({ status }) => status === "active");
  if (role !== "student" || held.length === 0) {
    return refused(
      "You are not enrolled in a batch now: only students in class sign up.",
      "is not enrolled in a batch now: only students in class present.",
    );
  }
  if (active.length === 0) {
    const why = WHY[(held[0] as Held).status as keyof typeof WHY];
    return refused(`${why.self}: only students in class sign up.`, `${why.other}: only students in class present.`);
  }
  if (session.batchId !== null && !active.some(({ batchId }) => batchId === session.batchId)) {
    const whose = `This session is for ${session.batchName ?? "another batch"} only`;
    return failure("conflict", isSelf ? `${whose}.` : `${whose}, and ${name} is in ${active[0]?.batchName}.`);
  }
  return null;
}
