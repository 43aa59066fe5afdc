import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DateString } from "@/lib/dates";

type LiveFigure = { userId: number; wakatimeUid: string; date: DateString; ms: number; fetchedAt: Date };

/**
 * Keeps today as WakaTime has just told it, unless a later answer is kept already or the link belongs to another
 * WakaTime account by now. A figure to show, never a stored day, so it leaves no audit event.
 */
export async function keepToday(db: Db, { userId, wakatimeUid, date, ms, fetchedAt }: LiveFigure): Promise<void> {
  const at = sql`${fetchedAt.toISOString()}::timestamptz`;
  await db.execute(sql`
    update connection set today_date = ${date}::date, today_ms = ${ms}, today_fetched_at = ${at}
    where user_id = ${userId} and wakatime_uid = ${wakatimeUid}
      and (today_fetched_at is null or today_fetched_at <= ${at})`);
}
