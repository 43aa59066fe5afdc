import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingNameKind } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { DateWindow } from "@/lib/wakatime/window";

export type CodingName = { kind: CodingNameKind; name: string };
export type NamedId = CodingName & { id: number };

/** A day as it is stored: milliseconds by the id of the item's name. */
export type StoredDay = { date: DateString; timeZone: string; totalMs: number; items: Map<number, number> };

type Row = {
  days: { date: string; zone: string; total: number; names: number[] | null; ms: number[] | null }[] | null;
  names: NamedId[] | null;
};

/**
 * A user's stored days of a window, and the ids of those of `names` that exist, in one statement: every user of every
 * sync sends it (idx_daily_summary_user_date, the items' primary key, idx_coding_name_kind_name).
 */
export async function readStoredDays(
  db: Db,
  userId: number,
  { from, to }: DateWindow,
  names: CodingName[],
): Promise<{ days: StoredDay[]; ids: NamedId[] }> {
  const rows: Row[] = await db.execute<Row>(sql`
    select
      (
        select jsonb_agg(jsonb_build_object('date', d.date, 'zone', d.time_zone, 'total', d.total_ms,
          'names', i.names, 'ms', i.ms))
        from daily_summary d
        cross join lateral (
          select jsonb_agg(item.name_id) as names, jsonb_agg(item.ms) as ms
          from daily_summary_item item where item.summary_id = d.id
        ) i
        -- A day that another source wrote is not the same day, whatever it holds: it is replaced.
        where d.user_id = ${userId} and d.date between ${from}::date and ${to}::date and d.source = 'wakatime'
      ) as days,
      (
        select jsonb_agg(jsonb_build_object('kind', n.kind, 'name', n.name, 'id', n.id))
        from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as w(kind coding_name_kind, name text)
        join coding_name n on n.kind = w.kind and n.name = w.name
      ) as names`);
  const row = rows[0];
  const days = (row?.days ?? []).map(({ date, zone, total, names: ids, ms }) => ({
    date,
    timeZone: zone,
    totalMs: total,
    items: new Map((ids ?? []).map((id, index) => [id, ms?.[index] ?? 0])),
  }));
  return { days, ids: row?.names ?? [] };
}
