import type { Db } from "@/db/client";
import { type DayToStore, ensureCodingNames, replaceCodingDays } from "@/db/mutations/coding-days";
import { clearSyncGap } from "@/db/mutations/sync-outcome";
import type { DateString } from "@/lib/dates";
import { dayDigest } from "./day-digest";
import { LeaseLostError } from "./errors";
import { nameKey, recallNames, rememberNames } from "./name-ids";
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
    const days = await withNameIds(db, changed);
    const daysWritten = await replaceCodingDays(db, { userId, leaseOwner, days });
    if (daysWritten < changed.length) throw new LeaseLostError();
  }
  const [first, last] = [fetched[0], fetched.at(-1)];
  if (hasGaps && first && last) await clearSyncGap(db, { userId, leaseOwner, from: first.date, to: last.date });
  return { daysWritten: changed.length, daysUnchanged: fetched.length - changed.length };
}

/** The days with their items by number; names that nobody had before are made. */
async function withNameIds(db: Db, days: (CodingDay & { digest: string })[]): Promise<DayToStore[]> {
  const { ids, missing } = recallNames(
    db,
    days.flatMap((day) => day.items),
  );
  if (missing.length > 0) {
    const found = await ensureCodingNames(db, missing);
    for (const row of found) ids.set(nameKey(row), row.id);
    rememberNames(db, found);
  }
  return days.map((day) => ({ ...day, items: itemsById(day, ids) }));
}

function itemsById(day: CodingDay, ids: Map<string, number>): Map<number, number> {
  const items = new Map<number, number>();
  for (const item of day.items) {
    const id = ids.get(nameKey(item));
    if (id === undefined) throw new Error(`The name of a ${item.kind} has no id.`);
    items.set(id, item.ms);
  }
  return items;
}
