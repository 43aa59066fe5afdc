import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export type SavedView = {
  id: number;
  name: string;
  query: string;
  columns: string[] | null;
  isShared: boolean;
  isMine: boolean;
  /** Whose it is. */
  owner: string;
};

/** One's own views of a list first, then those that others share, each by name. */
export async function listSavedViews(db: Db, list: string, viewerId: number): Promise<SavedView[]> {
  const rows: SavedView[] = await db.execute<SavedView>(sql`
    select v.id, v.name, v.query, v.columns, v.is_shared as "isShared", v.owner_id = ${viewerId} as "isMine", u.name as owner
    from saved_view v
    join "user" u on u.id = v.owner_id
    where v.list = ${list} and (v.owner_id = ${viewerId} or v.is_shared)
    order by v.owner_id <> ${viewerId}, lower(v.name), v.id`);
  return rows.map((row) => ({ ...row }));
}
