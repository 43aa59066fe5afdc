import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import { demoSession, demoSignup, outbox, user } from "@/db/schema";
import { addDays } from "@/lib/dates";
import { createDemoSession } from "./factories";

let sessions = 0;

/** A session on a day of its own, far ahead. */
export const createFarSession = (db: Db, values: Partial<typeof demoSession.$inferInsert> = {}) =>
  createDemoSession(db, { sessionDate: addDays("2035-01-01", sessions++), timeZone: "America/Chicago", ...values });

/** Who is signed up for a session, by name in the order of the queue. */
export async function signupsOf(db: Db, sessionId: number) {
  const rows = await db.execute<{ id: number; name: string; status: SignupStatus; order: number | null }>(sql`
    select g.id, u.name, g.status, g.running_order as "order"
    from demo_signup g join student st on st.id = g.student_id join "user" u on u.id = st.user_id
    where g.session_id = ${sessionId} order by g.queued_at, g.id`);
  return [...rows];
}

export const namesOf = async (db: Db, sessionId: number, status: SignupStatus): Promise<string[]> =>
  (await signupsOf(db, sessionId)).filter((row) => row.status === status).map((row) => row.name);

export const signupById = async (db: Db, id: number) => {
  const [row] = await db.select().from(demoSignup).where(eq(demoSignup.id, id));
  if (!row) throw new Error("there is no such sign-up");
  return row;
};

export const sessionById = async (db: Db, id: number) => {
  const [row] = await db.select().from(demoSession).where(eq(demoSession.id, id));
  if (!row) throw new Error("there is no such session");
  return row;
};

/** What people were told of a session by mail, `kind name`, in the order in which it was written. */
export async function toldOf(db: Db, sessionId: number): Promise<string[]> {
  const rows = await db
    .select({ kind: outbox.kind, name: user.name })
    .from(outbox)
    .innerJoin(user, eq(user.id, outbox.userId))
    .where(sql`${outbox.channel} is null and (${outbox.payload} #>> '{session,id}')::int = ${sessionId}`)
    .orderBy(outbox.id);
  return rows.map(({ kind, name }) => `${kind} ${name}`);
}
