import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Actor } from "@/lib/auth/permissions";

/**
 * The student row of whoever acts, locked: what they add to their own things, they add one after the other. Null for a
 * job, and for a person who has none. Before the lock of a demo session.
 */
export async function lockOwnStudent(tx: Db, actor: Actor): Promise<{ id: number; userId: number } | null> {
  if (actor.type !== "user") return null;
  const [row] = await tx.execute<{ id: number; userId: number }>(
    sql`select id, user_id as "userId" from student where user_id = ${actor.id} for no key update`,
  );
  return row ? { ...row } : null;
}
