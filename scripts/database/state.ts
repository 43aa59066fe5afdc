import postgres from "postgres";

export const DEMO_ADMIN = "admin@cohort.test";

/** What a database holds: nothing of ours yet, our empty tables, the demo academy, or real people. */
export type DatabaseState = "foreign" | "empty" | "demo" | "real";

/** "foreign" is a database in use by another program: tables, none of them ours. */
export async function databaseState(url: string): Promise<DatabaseState> {
  const sql = postgres(url, { max: 1, prepare: false, onnotice: () => {} });
  try {
    const [tables] = await sql`
      select count(*)::int as count, to_regclass('public.user') is not null and to_regclass('public.batch') is not null as ours
      from pg_tables where schemaname = 'public'`;
    if (!tables?.ours) return tables?.count === 0 ? "empty" : "foreign";
    const [rows] = await sql`
      select exists (select 1 from public."user") or exists (select 1 from public.batch) as filled,
             exists (select 1 from public."user" where email = ${DEMO_ADMIN}) as demo`;
    if (rows?.demo) return "demo";
    return rows?.filled ? "real" : "empty";
  } finally {
    await sql.end({ timeout: 1 });
  }
}
