import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

type Wanted = {
  holder: string;
  /** How many places count. */
  slots: number;
  /** After this the place counts as given up. */
  seconds: number;
  /** Between the starts of two calls, in milliseconds. */
  gapMs: number;
  /** Take nothing when the call would have to wait longer than this. */
  maxWaitMs?: number | undefined;
};

/**
 * Takes a place among the calls under way and a time to start, both or neither. Returns how many milliseconds to wait
 * before starting; null when all places are taken. The row of the pace is what makes concurrent callers take turns.
 */
export async function takeWakatimeSlot(
  db: Db,
  { holder, slots, seconds, gapMs, maxWaitMs = 86_400_000 }: Wanted,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [pace] = await tx.execute<{ wait_ms: number }>(sql`
      select greatest(0, extract(epoch from next_start_at - clock_timestamp()) * 1000)::float8 as wait_ms
      from wakatime_pace where id = 1 for update`);
    if (!pace) throw new Error("wakatime_pace has lost its row.");
    if (pace.wait_ms > maxWaitMs) return null;
    const taken = await tx.execute(sql`
      with free as (
        select slot from wakatime_slot
        where slot <= ${slots} and (held_until is null or held_until < clock_timestamp())
        order by slot limit 1
      ),
      taken as (
        update wakatime_slot set holder = ${holder}, held_until = clock_timestamp()
          + make_interval(secs => ${seconds} + ${pace.wait_ms / 1000}::float8)
        where slot = (select slot from free)
        returning slot
      )
      update wakatime_pace
      set next_start_at = greatest(next_start_at, clock_timestamp()) + make_interval(secs => ${gapMs / 1000}::float8)
      where id = 1 and exists (select from taken)
      returning id`);
    return taken.length > 0 ? pace.wait_ms : null;
  });
}

export async function releaseWakatimeSlot(db: Db, holder: string): Promise<void> {
  await db.execute(sql`update wakatime_slot set holder = null, held_until = null where holder = ${holder}`);
}

/** No call starts before `ms` from now have passed. */
export async function pauseWakatimeCalls(db: Db, ms: number): Promise<void> {
  await db.execute(sql`
    update wakatime_pace
    set next_start_at = greatest(next_start_at, clock_timestamp() + make_interval(secs => ${ms / 1000}::float8))
    where id = 1`);
}
