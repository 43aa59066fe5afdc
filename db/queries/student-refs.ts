import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export type StudentRef = { id: number; name: string };

/** Students by id, as a bulk action names them; those that do not exist are not among them. */
export async function listStudentRefs(db: Db, ids: number[]): Promise<StudentRef[]> {
  const rows: StudentRef[] = await db.execute<StudentRef>(sql`
    select st.id, u.name
    from unnest(${`{${ids.join(",")}}`}::int[]) with ordinality as given(id, place)
    join student st on st.id = given.id
    join "user" u on u.id = st.user_id
    order by given.place`);
  return rows.map((row) => ({ ...row }));
}

/** The student row of a person; null when they have none. */
export async function getStudentId(db: Db, userId: number): Promise<number | null> {
  const [row] = await db.execute<{ id: number }>(sql`select id from student where user_id = ${userId}`);
  return row?.id ?? null;
}
