import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export type UserRef = { id: number; name: string; studentId: number | null };

/** Users by id, as a bulk action names them; those that no longer exist are not among them. */
export async function listUserRefs(db: Db, ids: number[]): Promise<UserRef[]> {
  const rows: UserRef[] = await db.execute<UserRef>(sql`
    select u.id, u.name, st.id as "studentId"
    from unnest(${`{${ids.join(",")}}`}::int[]) with ordinality as given(id, place)
    join "user" u on u.id = given.id
    left join student st on st.user_id = u.id
    order by given.place`);
  return rows.map((row) => ({ ...row }));
}
