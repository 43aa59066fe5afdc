import { addDays, type DateString, later, localDate } from "@/lib/dates";
import { SYNC_WINDOW_DAYS } from "./sync-options";
import type { DateWindow } from "./window";

/** Nobody fills the database with the years before. */
const FURTHEST_BACK_DAYS = 365;

type Silence = { lastSyncedAt: Date; today: DateString; timeZone: string };

/**
 * The days that a link missed while it did not work, for its first sync: from the day before the last one, which may
 * have been counted in another zone. Null when the usual window has them all.
 */
export function missedDays({ lastSyncedAt, today, timeZone }: Silence): DateWindow | null {
  const from = addDays(localDate(lastSyncedAt, timeZone), -1);
  if (from > addDays(today, -SYNC_WINDOW_DAYS)) return null;
  return { from: later(from, addDays(today, -FURTHEST_BACK_DAYS)), to: today };
}
