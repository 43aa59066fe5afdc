import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Ids of the admins who can sign in: whom the installation's own troubles are told. */
export async function listActiveAdmins(db: Db): Promise<number[]> {
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
    select id from "user" where role = 'admin' and disabled_at is null order by id`);
  return rows.map((row) => row.id);
}
