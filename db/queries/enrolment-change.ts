import { type SQL, sql } from "drizzle-orm";
import { localDay } from "./fragments";
import type { Looker } from "./user-list";

/** Who teaches the batches whose ids are selected. */
export const instructorsOf = (batchIds: SQL): SQL => sql`(
  select coalesce(json_agg(distinct bi.user_id), '[]') from batch_instructor bi where bi.batch_id in (${batchIds}))`;

/** `{id, name}` of the batches that the looker can put a student into, the latest first; not the one they are in. */
export function batchesToJoin(looker: Looker, at: SQL, present: SQL): SQL {
  const theirs =
    looker.role === "admin"
      ? sql`true`
      : sql`exists (select from batch_instructor bi where bi.batch_id = b.id and bi.user_id = ${looker.id})`;
  return sql`(
    select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name) order by b.start_date desc, b.id), '[]')
    from batch b
    where b.archived_at is null and b.end_date >= ${localDay(at, sql`b.time_zone`)}
      and b.id is distinct from ${present} and ${theirs})`;
}
