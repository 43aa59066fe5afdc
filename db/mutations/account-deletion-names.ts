import { sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";

/** Whoever reads names waits for us meanwhile, so we wait for them no longer than this; the next tick tries again. */
const LOCK_WAIT_MS = 1_500;

const arrayOf = (ids: number[]) => sql`${`{${ids.join(",")}}`}::int[]`;

/**
 * Forgets the names of projects and machines that only this person's items use, while these still say which they are: a
 * name of one's own can say who one is. A name is never deleted, because items refer to it without a foreign key
 * (docs/decisions/018); it is put out of the way. The table's lock waits for whoever has looked a name up and is about to
 * write it, so that nobody else's day loses the name it was given. Returns how many.
 */
export async function forgetOwnNames(db: Database, userId: number): Promise<number> {
  const used = await namesUsedBy(db, userId);
  // Without the lock first: mostly there are none, and the look at all items keeps nobody waiting.
  const own = await withoutOthers(db, userId, used);
  if (own.length === 0) return 0;
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('lock_timeout', ${`${LOCK_WAIT_MS}ms`}, true)`);
    await tx.execute(sql`lock table coding_name in access exclusive mode`);
    const still = await withoutOthers(tx, userId, own);
    await tx.execute(sql`update coding_name set name = 'forgotten ' || id where id = any(${arrayOf(still)})`);
    return still.length;
  });
}

async function namesUsedBy(db: Db, userId: number): Promise<number[]> {
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
    select distinct n.id
    from daily_summary d join daily_summary_item i on i.summary_id = d.id join coding_name n on n.id = i.name_id
    where d.user_id = ${userId} and n.kind in ('project', 'machine') and n.name <> 'forgotten ' || n.id`);
  return rows.map(({ id }) => id);
}

/** Of these names those that nobody else has: one pass over the items' key, however many names there are. */
async function withoutOthers(db: Db, userId: number, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
    select distinct i.name_id as id
    from daily_summary_item i join daily_summary d on d.id = i.summary_id
    where i.name_id = any(${arrayOf(ids)}) and d.user_id <> ${userId}`);
  const others = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !others.has(id));
}
