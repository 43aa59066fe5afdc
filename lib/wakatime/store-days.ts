import type { Db } from "@/db/client";
import { ensureCodingNames, replaceCodingDays } from "@/db/mutations/coding-days";
import { clearSyncGap } from "@/db/mutations/sync-outcome";
import { type NamedId, readStoredDays } from "@/db/queries/sync-days";
import { LeaseLostError } from "./errors";
import { nameKey, recallNames, rememberNames } from "./name-ids";
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
  const { ids, missing } = recallNames(
    db,
    fetched.flatMap((day) => day.items),
  );
  const stored = await readStoredDays(db, userId, window, missing);
  const learn = (rows: NamedId[]) => {
    for (const row of rows) ids.set(nameKey(row), row.id);
    rememberNames(db, rows);
  };
  learn(stored.ids);
  const unheardOf = missing.filter((name) => !ids.has(nameKey(name)));
  if (unheardOf.length > 0) learn(await ensureCodingNames(db, unheardOf));
  const days = fetched.map((day) => ({ ...day, items: itemsById(day, ids) }));

  const changed = changedDays(days, stored.days);
  if (changed.length > 0) {
    const daysWritten = await replaceCodingDays(db, { userId, leaseOwner, days: changed });
    if (daysWritten < changed.length) throw new LeaseLostError();
  }
  const [first, last] = [fetched[0], fetched.at(-1)];
  if (hasGaps && first && last) await clearSyncGap(db, { userId, leaseOwner, from: first.date, to: last.date });
  return { daysWritten: changed.length, daysUnchanged: fetched.length - changed.length };
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
