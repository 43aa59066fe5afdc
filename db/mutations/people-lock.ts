import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * Locks many people at once in the order that every change keeps to: users, students, enrolments; batches with limited
 * places come after them. `users` is a query of their ids.
 */
export async function lockPeople(tx: Db, users: SQL): Promise<void> {
  const students = sql`select id from student where user_id in (${users})`;
  await tx.execute(sql`select id from "user" where id in (${users}) order by id for no key update`);
  await tx.execute(sql`${students} order by id for no key update`);
  await tx.execute(sql`select id from enrolment where student_id in (${students}) order by id for no key update`);
}

/** All who are or ever were in a batch: before the batch itself is locked by what changes their periods there. */
export const lockPeopleOfBatch = (tx: Db, batchId: number): Promise<void> =>
  lockPeople(
    tx,
    sql`select st.user_id from enrolment en join student st on st.id = en.student_id where en.batch_id = ${batchId}`,
  );
