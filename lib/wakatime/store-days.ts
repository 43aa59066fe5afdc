import type { Db } from "@/db/client";
import { ensureCodingNames, replaceCodingDays } from "@/db/mutations/coding-days";
import { clearSyncGap } from "@/db/mutations/sync-outcome";
import { listStoredDays } from "@/db/queries/sync-days";
import { LeaseLostError } from "./errors";
import { type CodingDay, changedDays } from "./transform";
import type { DateWindow } from "./window";

type Fetched = {
  userId: number;
  leaseOwner: string;
  window: DateWindow;
  fetched: CodingDay[];
  /** Some days are known as withheld: those that came now are so no more. */
  hasGaps: boolean;
};

/** Replaces the days whose content differs, and writes nothing when none does. Throws LeaseLostError when overtaken. */
export async function storeDays(
  db: Db,
  { userId, leaseOwner, window, fetched, hasGaps }: Fetched,
): Promise<{ daysWritten: number; daysUnchanged: number }> {
  const stored = await listStoredDays(db, userId, window);
  const changed = changedDays(fetched, stored);
  if (changed.length > 0) {
    await ensureNewNames(db, changed, stored);
    const daysWritten = await replaceCodingDays(db, { userId, leaseOwner, days: changed });
    if (daysWritten < changed.length) throw new LeaseLostError();
  }
  const [first, last] = [fetched[0], fetched.at(-1)];
  if (hasGaps && first && last) await clearSyncGap(db, { userId, from: first.date, to: last.date });
  return { daysWritten: changed.length, daysUnchanged: fetched.length - changed.length };
}

async function ensureNewNames(db: Db, changed: CodingDay[], stored: CodingDay[]): Promise<void> {
  const nameKey = (item: { kind: string; name: string }) => `${item.kind}\0${item.name}`;
  const known = new Set(stored.flatMap((day) => day.items.map(nameKey)));
  const names = changed.flatMap((day) => day.items).filter((item) => !known.has(nameKey(item)));
  if (names.length > 0)
    await ensureCodingNames(
      db,
      names.map(({ kind, name }) => ({ kind, name })),
    );
}
