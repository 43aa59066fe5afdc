import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { addDays, localDate } from "@/lib/dates";
import { ACADEMY, SYNC_DAYS } from "./plan";

const NIGHTS = 3;

/** The last nights' sync runs as they would have gone, for the sizes that no real sync fills. */
export async function loadSyncHistory(tx: Db, now: Date): Promise<void> {
  const today = localDate(now, ACADEMY.timeZone);
  await tx.execute(sql`
    insert into sync_run (key, actor_job, window_days, status, planned_at, users_total, users_done, users_ok, users_failed,
      days_written, days_unchanged, started_at, finished_at)
    select 'nightly:' || night.date, 'nightly-sync', ${SYNC_DAYS}::int, 'completed', started, total, total, total - total / 50,
      total / 50, total * 2, total * (${SYNC_DAYS}::int - 2), started, started + make_interval(secs => 10 + total / 2)
    from generate_series(${addDays(today, -NIGHTS)}::date, ${addDays(today, -1)}::date, interval '1 day') each(day)
    cross join lateral (select day::date as date, (day::date + time '23:30') at time zone ${ACADEMY.timeZone}::text as started) night
    cross join (select count(*)::int as total from connection where status = 'active') c`);
  await tx.execute(sql`
    insert into sync_outcome (run_id, user_id, kind, days_written, days_unchanged, reason, created_at)
    select r.id, c.user_id, o.kind, case o.kind when 'ok' then 2 else 0 end, case o.kind when 'ok' then ${SYNC_DAYS}::int - 2 else 0 end,
      case o.kind when 'unavailable' then 'WakaTime answered 503.' end, r.started_at + make_interval(secs => c.user_id % 60)
    from sync_run r cross join connection c
    cross join lateral (select (case (c.user_id + r.id) % 50 when 0 then 'unavailable' else 'ok' end)::sync_outcome_kind as kind) o
    where c.status = 'active'`);
  await tx.execute(sql`
    update connection set last_synced_at = (select max(finished_at) from sync_run) where status = 'active'`);
}
