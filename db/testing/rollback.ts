import type { Db } from "@/db/client";

class Rollback extends Error {}

/** Runs `fn` in a transaction that is rolled back afterwards, and returns what it returned. */
export async function withRollback<T>(db: Db, fn: (tx: Db) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  try {
    await db.transaction(async (tx) => {
      result = { value: await fn(tx) };
      throw new Rollback();
    });
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
  }
  return (result as { value: T }).value;
}
