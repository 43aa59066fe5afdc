import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connection } from "@/db/schema";
import { createWakatimeClient } from "../client";
import { noRateLimit } from "../rate-limit";

/** A client of the stand-in at `fakeUrl` that does not wait between its tries. */
export const createTestClient = (fakeUrl: string) =>
  createWakatimeClient({
    apiUrl: `${fakeUrl}/api/v1`,
    oauthUrl: `${fakeUrl}/oauth`,
    clientId: "id",
    clientSecret: "secret",
    redirectUri: "http://localhost/cb",
    limiter: noRateLimit,
    sleep: async () => {},
  });

export const connectionOf = async (db: Db, userId: number) => {
  const [row] = await db.select().from(connection).where(eq(connection.userId, userId));
  return row;
};

/** Every stored day with its items, as the generator would name them. */
export const storedDays = async (db: Db, userId: number) => {
  const rows: { date: string; total: number; zone: string; items: [string, string, number][] | null }[] =
    await db.execute(sql`
    select d.date::text as date, d.total_ms as total, d.time_zone as zone,
      jsonb_agg(jsonb_build_array(n.kind, n.name, i.ms) order by n.kind, n.name) filter (where n.id is not null) as items
    from daily_summary d
    left join daily_summary_item i on i.summary_id = d.id
    left join coding_name n on n.id = i.name_id
    where d.user_id = ${userId} group by d.id order by d.date`);
  return rows.map((row) => ({ ...row }));
};

/** What the server wrote last, row by row: unchanged when nothing was written. */
export const versions = async (db: Db, userId: number) => {
  const [row] = await db.execute<{ days: string; items: string; names: string }>(sql`
    select
      (select string_agg(d.id || ':' || d.xmin || ':' || d.ctid, ',' order by d.id)
        from daily_summary d where d.user_id = ${userId}) as days,
      (select string_agg(i.summary_id || ':' || i.name_id || ':' || i.xmin || ':' || i.ctid, ',' order by i.summary_id, i.name_id)
        from daily_summary_item i join daily_summary d on d.id = i.summary_id where d.user_id = ${userId}) as items,
      (select string_agg(n.id || ':' || n.xmin, ',' order by n.id) || (select last_value from coding_name_id_seq)
        from coding_name n) as names`);
  return { ...row };
};
