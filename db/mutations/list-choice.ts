import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Remembers how a person likes a list; null forgets. A preference of one's own, so it leaves no audit event. */
export async function rememberListChoice(
  db: Db,
  userId: number,
  list: string,
  { columns, view }: { columns?: string[] | null | undefined; view?: string | null | undefined },
): Promise<void> {
  const change = { ...(columns !== undefined && { columns }), ...(view !== undefined && { view }) };
  await db.execute(sql`
    update "user" set list_choices = list_choices || jsonb_build_object(${list}::text,
      jsonb_strip_nulls(coalesce(list_choices -> ${list}::text, '{}') || ${JSON.stringify(change)}::jsonb))
    where id = ${userId}`);
}
