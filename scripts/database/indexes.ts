import type postgres from "postgres";

type Found = { name: string; definition: string; valid: boolean };

const NAME = /INDEX (\w+) ON (?:ONLY )?("?\w+"?)/;
const MEANWHILE = "_meanwhile";

/** What an index of the list is called and stands on. */
export function nameOf(definition: string): { name: string; table: string } {
  const [, name, table] = NAME.exec(definition) ?? [];
  if (!name || !table) throw new Error(`This makes no index: ${definition}`);
  return { name, table: table.replaceAll('"', "") };
}

const took = (startedAt: number) => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;

const concurrently = (definition: string, name: string) =>
  definition.replace(/INDEX \w+ ON/, `INDEX CONCURRENTLY ${name} ON`);

/** The indexes that are no constraint's, as Postgres writes them down. */
export async function foundIndexes(sql: postgres.Sql): Promise<Found[]> {
  return sql<Found[]>`
    select c.relname as name, replace(pg_get_indexdef(i.indexrelid), ' ON public.', ' ON ') as definition,
      i.indisvalid as valid
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by i.indrelid::regclass::text, c.relname`;
}

/**
 * Brings the indexes of a database in use to what the list says, one after the other and without holding up those who
 * write: leftovers of attempts that failed go first, what is missing is made, and what has another definition is made
 * anew beside the old one, which it then replaces. `say` gets one line for each.
 */
export async function ensureIndexes(
  sql: postgres.Sql,
  indexes: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  for (const { name } of (await foundIndexes(sql)).filter(({ valid }) => !valid)) {
    await sql.unsafe(`drop index concurrently if exists "${name}"`);
    say(`${name}: had been left half made, dropped`);
  }
  const there = new Map((await foundIndexes(sql)).map(({ name, definition }) => [name, definition]));
  const tables = new Set(
    (await sql`select tablename as name from pg_tables where schemaname = 'public'`).map((row) => row.name),
  );
  for (const definition of indexes) {
    const { name, table } = nameOf(definition);
    const startedAt = performance.now();
    if (there.get(name) === definition) say(`${name}: there`);
    else if (!tables.has(table)) say(`${name}: its table comes with npm run db:migrate`);
    else if (!there.has(name)) {
      await sql.unsafe(concurrently(definition, name));
      say(`${name}: made in ${took(startedAt)}`);
    } else {
      await sql.unsafe(`drop index concurrently if exists "${name + MEANWHILE}"`);
      await sql.unsafe(concurrently(definition, name + MEANWHILE));
      await sql.begin(async (tx) => {
        await tx.unsafe(`drop index "${name}"`);
        await tx.unsafe(`alter index "${name + MEANWHILE}" rename to "${name}"`);
      });
      say(`${name}: made anew in ${took(startedAt)}`);
    }
  }
}
