import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Page } from "./page";

/** What a list is made of. Pages, exports, counts and bulk actions are all asked of the same source. */
export type ListSource = {
  /** Read once for rows and total together: `name as materialized (…)`. */
  given?: SQL;
  /** `"user" u`: every candidate once. */
  from: SQL;
  /** `where …`, or empty. */
  where: SQL;
  /** The integer id that names a row: `u.id`. */
  id: SQL;
  /** What the list is sorted by; ties go by id, in the same direction. Null keys come last. */
  key: SQL;
  /** No key is null: an index on it can be read backwards, too. */
  keyNeverNull?: boolean;
  descending: boolean;
  /** Joins that only the sort key needs. */
  keyJoins?: SQL;
  /** `select count(*)::int …`: where the number of matches is had faster than by `from` and `where`. */
  total?: SQL;
  /** Joins from `picked` (id, place) to everything that a row shows. */
  details: SQL;
  /** A row as `json_build_object(…)`. */
  row: SQL;
};

const NOTHING = sql``;

const orderOf = ({ id, key, keyNeverNull = false, descending }: ListSource): SQL => {
  if (!descending) return sql`${key}, ${id}`;
  return keyNeverNull ? sql`${key} desc, ${id} desc` : sql`${key} desc nulls last, ${id} desc`;
};

const givenOf = ({ given }: Pick<ListSource, "given">): SQL => (given ? sql`with ${given}` : NOTHING);

const totalOf = ({ from, where, total }: ListSource): SQL => total ?? sql`select count(*)::int from ${from} ${where}`;

/** The json array of the rows of `picked`, in its order. */
const rowsOf = ({ row, details }: ListSource): SQL =>
  sql`coalesce((select json_agg(${row} order by picked.place) from picked ${details}), '[]')`;

/**
 * One page with the exact total, in one statement: the page's ids by the source's own index, then the details of those
 * few rows. `extra` are further columns of the same statement (`(select …) as "batchName"`).
 */
export async function listPage<Row, Extra extends Record<string, unknown> = Record<never, never>>(
  db: Db,
  source: ListSource,
  { page, size }: { page: number; size: number },
  extra?: SQL,
): Promise<Page<Row> & Extra> {
  const { from, where, id, keyJoins = NOTHING } = source;
  const order = orderOf(source);
  const [answer] = await db.execute<{ total: number; rows: Row[] } & Extra>(sql`
    with ${source.given ? sql`${source.given},` : NOTHING} picked as (
      select page.id, page.place
      from unnest(array(
        select ${id} from ${from} ${keyJoins} ${where}
        order by ${order}
        limit ${size} offset ${(page - 1) * size}
      )) with ordinality as page(id, place)
    )
    select (${totalOf(source)}) as total, ${extra ? sql`${extra},` : NOTHING}
      ${rowsOf(source)} as rows`);
  if (!answer) throw new Error("a list's statement returned no row");
  return { ...answer, page, pageSize: size };
}

/** Ids of everything that matches, in the list's order, at most `limit`. */
export async function listIds(db: Db, source: ListSource, limit: number): Promise<number[]> {
  const { from, where, id, keyJoins = NOTHING } = source;
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
    ${givenOf(source)}
    select ${id} as id from ${from} ${keyJoins} ${where} order by ${orderOf(source)} limit ${limit}`);
  return rows.map((row) => row.id);
}

/** The rows of these ids, in their order; those that no longer exist are left out. */
export async function listRows<Row>(db: Db, source: ListSource, ids: number[]): Promise<Row[]> {
  const [answer] = await db.execute<{ rows: Row[] }>(sql`
    with picked as (
      select id, place from unnest(${`{${ids.join(",")}}`}::int[]) with ordinality as given(id, place)
    )
    select ${rowsOf(source)} as rows`);
  return answer?.rows ?? [];
}

/**
 * Everything that matches, `chunk` rows at a time. The ids are read first and in one go (a few bytes each), so that the
 * order holds while the rows are read, no row comes twice, and no connection is held while somebody downloads slowly.
 * `only` keeps those of a selection.
 */
export async function* streamRows<Row>(
  db: Db,
  source: ListSource,
  { limit, chunk = 500, only }: { limit: number; chunk?: number; only?: ReadonlySet<number> | undefined },
): AsyncGenerator<Row[]> {
  const all = await listIds(db, source, limit);
  const ids = only ? all.filter((id) => only.has(id)) : all;
  for (let first = 0; first < ids.length; first += chunk) {
    yield await listRows<Row>(db, source, ids.slice(first, first + chunk));
  }
}

export type FacetCount = { value: string; label: string; count: number };

/** How many matches have which value; `label` is what a person reads. Values that nothing has are not among them. */
export async function countByValue(
  db: Db,
  { given, from, where }: Pick<ListSource, "given" | "from" | "where">,
  { value, label = value, joins = NOTHING }: { value: SQL; label?: SQL; joins?: SQL },
): Promise<FacetCount[]> {
  const rows: FacetCount[] = await db.execute<FacetCount>(sql`
    ${givenOf({ ...(given && { given }) })}
    select * from (
      select (${value})::text as value, (${label})::text as label, count(*)::int as count
      from ${from} ${joins} ${where}
      group by 1, 2
    ) counted
    where value is not null
    order by count desc, label`);
  return rows.map((row) => ({ ...row }));
}
