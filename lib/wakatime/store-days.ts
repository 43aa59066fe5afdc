import type { Db } from "@/db/client";
import { type DaysOfUser, replaceCodingDays } from "@/db/mutations/coding-days";
import { clearSyncGap } from "@/db/mutations/sync-outcome";
import type { DateString } from "@/lib/dates";
import { dayDigest } from "./day-digest";
import { LeaseLostError } from "./errors";
import type { CodingDay } from "./transform";

/** Writes one user's changed days; returns how many were written. */
export type WriteDays = (days: DaysOfUser) => Promise<number>;

/** Each at once, by itself. */
export const writeDaysAlone =
  (db: Db): WriteDays =>
  async (days) =>
    (await replaceCodingDays(db, [days])).get(days.userId) ?? 0;

/** In one statement: the nights of sixteen users, or the first fill of two. Its joins are made for few rows. */
const DAYS_TOGETHER = 32;

/**
 * Several together: while one statement is under way the next users gather, and go in one as well. Should it fail they
 * are written one by one, so that a fault stays with the user who causes it.
 */
export function writeDaysTogether(db: Db): WriteDays {
  const gathered: { days: DaysOfUser; settle: PromiseWithResolvers<number> }[] = [];
  let writing = false;
  const alone = writeDaysAlone(db);

  async function writeGathered(): Promise<void> {
    writing = true;
    while (gathered.length > 0) {
      let days = gathered[0]?.days.days.length ?? 0;
      let users = 1;
      for (const next of gathered.slice(1)) {
        days += next.days.days.length;
        if (days > DAYS_TOGETHER) break;
        users += 1;
      }
      const batch = gathered.splice(0, users);
      try {
        const written = await replaceCodingDays(
          db,
          batch.map((each) => each.days),
        );
        for (const { days, settle } of batch) settle.resolve(written.get(days.userId) ?? 0);
      } catch (error) {
        for (const { days, settle } of batch) {
          if (batch.length === 1) settle.reject(error);
          else await alone(days).then(settle.resolve, settle.reject);
        }
      }
    }
    writing = false;
  }

  return (days) => {
    const settle = Promise.withResolvers<number>();
    gathered.push({ days, settle });
    if (!writing) void writeGathered();
    return settle.promise;
  };
}

type Fetched = {
  userId: number;
  leaseOwner: string;
  fetched: CodingDay[];
  /** Digests of the days that are stored. */
  stored: ReadonlyMap<DateString, string | null>;
  /** Some days are known as withheld: those that came now are so no more. */
  hasGaps: boolean;
  write?: WriteDays | undefined;
};

/** Replaces the days whose content differs, and writes nothing when none does. Throws LeaseLostError when overtaken. */
export async function storeDays(
  db: Db,
  { userId, leaseOwner, fetched, stored, hasGaps, write = writeDaysAlone(db) }: Fetched,
): Promise<{ daysWritten: number; daysUnchanged: number }> {
  const changed = fetched
    .map((day) => ({ ...day, digest: dayDigest(day) }))
    .filter((day) => stored.get(day.date) !== day.digest);
  if (changed.length > 0) {
    const daysWritten = await write({ userId, leaseOwner, days: changed });
    if (daysWritten < changed.length) throw new LeaseLostError();
  }
  const [first, last] = [fetched[0], fetched.at(-1)];
  if (hasGaps && first && last) await clearSyncGap(db, { userId, leaseOwner, from: first.date, to: last.date });
  return { daysWritten: changed.length, daysUnchanged: fetched.length - changed.length };
}
