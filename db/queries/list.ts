import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Page } from "./page";

/** What a list is made of. Pages, exports, counts and bulk actions are all asked of the same source. */
export type ListSource = {
  /** `"user" u`: every candidate once. */
  from: SQL;
  /** `where …`, or empty. */
  where: SQL;
  /** The integer id that names a row: `u.id`. */
  id: SQL;
  /** What the list is sorted by, in the same direction as ties. Null keys come last. */
  key: SQL;
  /** What ties go by, where an index holds something else than `id`: as unique as that. */
  tie?: SQL;
  /** No key is null: an index on it can be read backwards, too. */
  keyNeverNull?: boolean;
  descending: boolean;
  /** What matches is read once for rows and total, where finding it costs more than putting it in order. */
  onePass?: boolean;
  /** How many match, where that is known without reading them. */
  total?: SQL;
  /** Joins that only the sort key needs. */
  keyJoins?: SQL;
  /** Where few have a key: those alone, instead of `from`. They are put in order by themselves, and the rest follows. */
  keyFew?: SQL;
  /** Joins from `picked` (id, place) to everything that a row shows. */
  details: SQL;
  /** A row as `json_build_object(…)`. */
  row: SQL;
};

const NOTHING = sql``;

const orderOf = ({ id, key, tie = id, keyNeverNull = false, descending }: ListSource): SQL => {
  if (!descending) return sql`${key}, ${tie}`;
  return keyNeverNull ? sql`${key} desc, ${tie} desc` : sql`${key} desc nulls last, ${tie} desc`;
};

/** The same from the list's end. */
const backwardOf = ({ id, key, tie = id, keyNeverNull = false, descending }: ListSource): SQL => {
  if (!descending) return sql`${key} desc, ${tie} desc`;
  return keyNeverNull ? sql`${key}, ${tie}` : sql`${key} nulls first, ${tie}`;
};

type Slice = { first: number; size: number };
type Matches = { given: SQL; ids: SQL; total: SQL };

/** From here on a slice is read from the nearer end of the list, where its length is known. */
const DEEP_ROWS = 2_000;

/** The ids of a slice in the list's order, and how many match: by the source's index and a count, or in one pass. */
function matchesOf(source: ListSource, slice: Slice): Matches {
  const { from, where, id, key, tie = id, keyJoins = NOTHING } = source;
  const { first, size } = slice;
  const order = orderOf({ ...source, id: sql`m.id`, key: sql`m.key`, tie: sql`m.tie` });
  if (source.onePass) {
    return {
      given: sql`m as materialized (select ${id} as id, ${key} as key, ${tie} as tie from ${from} ${keyJoins} ${where}),`,
      ids: sql`select m.id from m order by ${order} limit ${size} offset ${first}`,
      total: sql`select count(*)::int from m`,
    };
  }
  if (source.keyFew) return fewThenRest(source, source.keyFew, slice);
  if (source.total && first >= DEEP_ROWS) return fromNearerEnd(source, source.total, slice);
  return {
    given: NOTHING,
    ids: sql`select ${id} from ${from} ${keyJoins} ${where} order by ${orderOf(source)} limit ${size} offset ${first}`,
    total: totalOf(source),
  };
}

const totalOf = ({ from, where, total }: ListSource): SQL => total ?? sql`select count(*)::int from ${from} ${where}`;

/** Two slices of which one has no row, so that the last page costs what the first one does. */
function fromNearerEnd(source: ListSource, total: SQL, { first, size }: Slice): Matches {
  const { from, where, id, key, tie = id, keyJoins = NOTHING } = source;
  const rows = sql`select ${id} as id, ${key} as key, ${tie} as tie from ${from} ${keyJoins} ${where}`;
  const after = sql`(select n - ${first}::int from known)`;
  const isNear = sql`${after} > ${first}::int`;
  return {
    given: sql`known as materialized (select (${total}) as n),`,
    ids: sql`
      select m.id from (
        (${rows} order by ${orderOf(source)} limit case when ${isNear} then ${size}::int else 0 end offset ${first}::int)
        union all
        (${rows} order by ${backwardOf(source)}
          limit case when ${isNear} then 0 else greatest(0, least(${size}::int, ${after})) end
          offset greatest(0, ${after} - ${size}::int))
      ) m order by ${orderOf({ ...source, id: sql`m.id`, key: sql`m.key`, tie: sql`m.tie` })}`,
    total: sql`select n from known`,
  };
}

/** Who has a key, in order; of the others, who follow by their ties, no more than the slice has room for. */
function fewThenRest(source: ListSource, keyFew: SQL, { first, size }: Slice): Matches {
  const { from, where, id, key, tie = id, descending } = source;
  const room = sql`greatest(0, least(${size}::int, ${first}::int + ${size}::int - (select count(*) from few)))`;
  const direction = descending ? sql`desc` : NOTHING;
  return {
    given: sql`few as materialized (
      select * from (select ${id} as id, ${key} as key, ${tie} as tie from ${keyFew} ${where}) k where k.key is not null),`,
    ids: sql`
      select m.id from (
        (select few.id, few.key, few.tie, 1 as part from few
          order by few.key ${direction}, few.tie ${direction} limit ${size}::int offset ${first}::int)
        union all
        (select m.id, null, m.tie, 2 from (select ${id} as id, ${tie} as tie from ${from} ${where}) m
          where m.id not in (select few.id from few) order by m.tie ${direction}
          limit ${room} offset greatest(0, ${first}::int - (select count(*) from few)))
      ) m order by m.part, m.key ${direction}, m.tie ${direction}`,
    total: totalOf(source),
  };
}

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
  const { given, ids, total } = matchesOf(source, { first: (page - 1) * size, size });
  const [answer] = await db.execute<{ total: number; rows: Row[] } & Extra>(sql`
    with ${given} picked as (
      select page.id, page.place from unnest(array(${ids})) with ordinality as page(id, place)
    )
    select (${total}) as total, ${extra ? sql`${extra},` : NOTHING}
      ${rowsOf(source)} as rows`);
  if (!answer) throw new Error("a list's statement returned no row");
  return { ...answer, page, pageSize: size };
}

/** Ids of everything that matches, in the list's order, at most `limit`. */
export async function listIds(db: Db, source: ListSource, limit: number): Promise<number[]> {
  const { from, where, id, keyJoins = NOTHING } = source;
  const rows: { id: number }[] = await db.execute<{ id: number }>(sql`
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
  { from, where }: Pick<ListSource, "from" | "where">,
  { value, label = value, joins = NOTHING }: { value: SQL; label?: SQL; joins?: SQL },
): Promise<FacetCount[]> {
  const rows: FacetCount[] = await db.execute<FacetCount>(sql`
    select * from (
      select (${value})::text as value, (${label})::text as label, count(*)::int as count
      from ${from} ${joins} ${where}
      group by 1, 2
    ) counted
    where value is not null
    order by count desc, label`);
  return rows.map((row) => ({ ...row }));
}
