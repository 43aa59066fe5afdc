import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { withoutForeignKeys, withoutIndexes } from "./bulk-load";
import { addCalendar, addNames, codingItems, codingTotals } from "./coding-sql";
import type { AcademyPlan } from "./plan";

const PEOPLE_PER_STATEMENT = 2_500;

/** Days and items of everybody in demo_person, so many people to a statement. */
export async function loadCoding(tx: Db, plan: AcademyPlan): Promise<void> {
  await addCalendar(tx);
  const from = plan.itemsFrom ?? "2000-01-01";
  const recent: { key: number }[] = await tx.execute(sql`
    select p.key from demo_person p where p.row_to >= ${from}::date - date '2000-01-01' order by p.key`);
  await addNames(
    tx,
    recent.map(({ key }) => key),
  );

  const chunks = Array.from({ length: Math.ceil(plan.studentCount / PEOPLE_PER_STATEMENT) }, (_, index) => {
    const first = index * PEOPLE_PER_STATEMENT;
    return sql`p.key > ${sql.raw(String(first))} and p.key <= ${sql.raw(String(first + PEOPLE_PER_STATEMENT))}`;
  });
  await withoutForeignKeys(tx, ["daily_summary", "daily_summary_item"], async () => {
    await withoutIndexes(tx, ["idx_daily_summary_user_date", "idx_daily_summary_date"], async () => {
      for (const chunk of chunks) {
        // A day is final once the night's sync after it has run, at 05:30 UTC.
        await tx.execute(sql`
          insert into daily_summary (user_id, date, total_ms, time_zone, synced_at, created_at)
          select user_id, date, total_ms, time_zone, date + interval '29 hours 30 minutes', date + interval '29 hours 30 minutes'
          from (${codingTotals(chunk)}) days`);
      }
    });
    await tx.execute(sql`analyze daily_summary`);
    for (const chunk of chunks) {
      await tx.execute(sql`
        insert into daily_summary_item (summary_id, name_id, ms)
        select summary_id, name_id, ms from (${codingItems(chunk, from)}) items`);
    }
  });
}
