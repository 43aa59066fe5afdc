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

/**
 * Wherever this view opens first, it does so in its new form, `search`; null stops it, for everybody or for all but
 * its owner. Only staff have views (idx_user_role).
 */
export async function followView(
  tx: Db,
  view: { id: number; list: string },
  search: string | null,
  { except = 0 }: { except?: number } = {},
): Promise<void> {
  const place = sql`array[${view.list}::text, 'view']`;
  await tx.execute(sql`
    update "user" set list_choices = ${
      search === null
        ? sql`list_choices #- ${place}`
        : sql`jsonb_set(list_choices, ${place}, to_jsonb(${search}::text))`
    }
    where role in ('admin', 'instructor') and id <> ${except}
      and list_choices #>> ${place} ~ ${`[?&]view=${view.id}$`}`);
}
