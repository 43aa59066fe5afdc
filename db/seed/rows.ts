import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * One INSERT for many rows that TypeScript has thought out. `columns` is a column list with types, for example
 * "id int, name text". Ids are given by the seed, so that a seeded database always has the same ones.
 */
export async function insertRows(tx: Db, table: string, columns: string, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  const names = columns
    .split(",")
    .map((column) => column.trim().split(/\s+/)[0])
    .join(", ");
  await tx.execute(sql`
    insert into ${sql.identifier(table)} (${sql.raw(names)}) overriding system value
    select ${sql.raw(names)} from json_to_recordset(${JSON.stringify(rows)}::text::json) as given(${sql.raw(columns)})`);
}

/** Words as an SQL array literal. */
export const words = (list: readonly string[]) =>
  sql.raw(`array[${list.map((word) => `'${word.replaceAll("'", "''")}'`).join(", ")}]`);

/** A number from 0 to 2^32 - 1 that the text always gives, in SQL. */
export const spread = (text: string) => sql.raw(`('x' || substr(md5(${text}), 1, 8))::bit(32)::bigint`);
