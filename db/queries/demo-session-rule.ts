import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DemoRule } from "@/lib/demo-sessions/weekly-rule";

/** The weekly rule, null when there is none; `version` 0 before the first. */
export async function getDemoRule(db: Db): Promise<{ rule: DemoRule | null; version: number }> {
  const [row] = await db.execute<{ value: DemoRule | null; version: number }>(
    sql`select value, version from setting where key = 'demo_rule'`,
  );
  return { rule: row?.value ?? null, version: row?.version ?? 0 };
}
