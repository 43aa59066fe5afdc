import type { TransactionSql } from "postgres";
import { testSql } from "./database";

const LOOK_AGAIN_MS = 5;

/** Resolves when that many statements of this database wait for somebody's lock. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const [row] = await testSql()`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (row?.waiting === count) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/**
 * Two changes at the same moment, always in the same way: `first` waits for what `gate` has locked, holding all that it
 * has locked by then; `second` comes and waits as well; then the gate opens. Whoever locks in another order than the
 * other one does ends in a deadlock here.
 */
export async function atOnce<A, B>(
  gate: (sql: TransactionSql) => PromiseLike<unknown>,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const { both } = await testSql().begin(async (sql) => {
    await gate(sql);
    const one = first();
    await untilWaiting(1);
    const two = second();
    await untilWaiting(2);
    return { both: Promise.all([one, two]) };
  });
  return both;
}
