import type { Db } from "@/db/client";
import { replaceCodingDays } from "@/db/mutations/coding-days";
import { clearSyncGap } from "@/db/mutations/sync-outcome";
import type { DateString } from "@/lib/dates";
import { dayDigest } from "./day-digest";
import { LeaseLostError } from "./errors";
import type { CodingDay } from "./transform";

type Fetched = {
  userId: number;
  leaseOwner: string;
  fetched: CodingDay[];
  /** Digests of the days that are stored. */
  stored: ReadonlyMap<DateString, string | null>;
  /** Some days are known as withheld: those that came now are so no more. */
  hasGaps: boolean;
};

/** Replaces the days whose content differs, and writes nothing when none does. Throws LeaseLostError when overtaken. */
export async function storeDays(
  db: Db,
  { userId, leaseOwner, fetched, stored, hasGaps }: Fetched,
): Promise<{ daysWritten: number; daysUnchanged: number }> {
  const changed = fetched
    .map((day) => ({ ...day, digest: dayDigest(day) }))
    .filter((day) => stored.get(day.date) !== day.digest);
  if (changed.length > 0) {
    const daysWritten = await replaceCodingDays(db, { userId, leaseOwner, days: changed });
    if (daysWritten < changed.length) throw new LeaseLostError();
  }
  const [first, last] = [fetched[0], fetched.at(-1)];
  if (hasGaps && first && last) await clearSyncGap(db, { userId, leaseOwner, from: first.date, to: last.date });
  return { daysWritten: changed.length, daysUnchanged: fetched.length - changed.length };
}
