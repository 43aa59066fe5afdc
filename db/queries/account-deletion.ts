import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { academyZone, shownEnrolment } from "./fragments";

/** How long an account can still be kept after its owner has asked for its deletion. */
export const DELETION_GRACE_DAYS = 14;
/** The reminder is written so many hours before, or later when nothing ran at that time. */
export const REMINDER_HOURS = 24;

/** One reminder for each date: an account that was kept, and is to be deleted after all, has another one. */
export const deletionOccasion = (dueAt: Date): string => `deletion:${dueAt.toISOString()}`;

const atInstant = (now: Date): SQL => sql`${now.toISOString()}::timestamptz`;

/** By idx_user_deletion_due; `until` is an instant. */
const dueBy = async (db: Db, until: SQL): Promise<number[]> => {
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
    select id from "user" where deletion_due_at is not null and deletion_due_at <= ${until} order by id`);
  return rows.map(({ id }) => id);
};

/** Whose time of grace is over. */
export const listDueDeletions = (db: Db, now: Date): Promise<number[]> => dueBy(db, atInstant(now));

/** Whose last day it is. */
export const listDeletionsToRemind = (db: Db, now: Date): Promise<number[]> =>
  dueBy(db, sql`${atInstant(now)} + make_interval(hours => ${REMINDER_HOURS}::int)`);

/** An instant as the person's own calendar and clock show it: their zone, else the batch's, else the academy's. */
export async function whenForPerson(db: Db, userId: number, at: Date, now: Date) {
  const [row] = await db.execute<{ date: string; time: string; timeZone: string }>(sql`
    select (${atInstant(at)} at time zone z.zone)::date::text as date,
      to_char(${atInstant(at)} at time zone z.zone, 'HH24:MI') as time, z.zone as "timeZone"
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(atInstant(now))} on true
    cross join lateral (select coalesce(u.time_zone, e.batch_time_zone, ${academyZone}) as zone) z
    where u.id = ${userId}`);
  if (!row) throw new Error("a locked user has no row");
  return { ...row };
}

/** What never changes in the notices to a person: mail that was written to files is named after it. */
export async function listNoticeIdentities(db: Db, userId: number): Promise<string[]> {
  const rows: { identity: string }[] = await db.execute<{ identity: string }>(sql`
    select concat_ws('|', id, extract(epoch from created_at), occasion) as identity from outbox where user_id = ${userId}`);
  return rows.map(({ identity }) => identity);
}

/** By what the owner of an account shows that it is theirs. */
export async function getOwnerProof(db: Db, userId: number) {
  const [row] = await db.execute<{ email: string; hasPassword: boolean }>(sql`
    select email, password_hash is not null as "hasPassword" from "user" where id = ${userId}`);
  return row ?? null;
}
