import type { Db } from "@/db/client";
import type { CodingNameKind } from "@/db/enums";
import { codingName, dailySummary, dailySummaryItem } from "@/db/schema";

/** The ids of these names and of all there were before, by kind and name. */
export async function nameIds(tx: Db, names: { kind: CodingNameKind; name: string }[]) {
  await tx.insert(codingName).values(names).onConflictDoNothing();
  const rows = await tx.select().from(codingName);
  return (kind: CodingNameKind, name: string) => rows.find((row) => row.kind === kind && row.name === name)?.id ?? 0;
}

/** A day in Chicago with what it was spent on. */
export async function addDay(
  tx: Db,
  userId: number,
  date: string,
  totalMs: number,
  items: [nameId: number, ms: number][],
) {
  const [day] = await tx
    .insert(dailySummary)
    .values({ userId, date, totalMs, timeZone: "America/Chicago" })
    .returning({ id: dailySummary.id });
  const rows = items.map(([nameId, ms]) => ({ summaryId: day?.id ?? 0, nameId, ms }));
  if (rows.length > 0) await tx.insert(dailySummaryItem).values(rows);
}
