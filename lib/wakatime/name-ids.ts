import type { Db } from "@/db/client";
import type { CodingName, NamedId } from "@/db/mutations/coding-days";

/** Languages, editors and the like come again with everybody; people's own projects do not. */
const REMEMBERED = 20_000;

const known = new WeakMap<Db, Map<string, number>>();

export const nameKey = ({ kind, name }: CodingName): string => `${kind}\0${name}`;

function idsOf(db: Db): Map<string, number> {
  const ids = known.get(db) ?? new Map<string, number>();
  known.set(db, ids);
  return ids;
}

/**
 * Which of these names this process has met lately, with their ids, and which it has not. A name keeps its id for good,
 * so what is remembered never grows old.
 */
export function recallNames(db: Db, names: CodingName[]): { ids: Map<string, number>; missing: CodingName[] } {
  const remembered = idsOf(db);
  const ids = new Map<string, number>();
  const missing = new Map<string, CodingName>();
  for (const { kind, name } of names) {
    const key = nameKey({ kind, name });
    const id = remembered.get(key);
    if (id === undefined) missing.set(key, { kind, name });
    else ids.set(key, id);
  }
  return { ids, missing: [...missing.values()] };
}

/** Remembers ids for the next ones who ask; of too many the oldest are forgotten. */
export function rememberNames(db: Db, rows: NamedId[]): void {
  const remembered = idsOf(db);
  for (const row of rows) remembered.set(nameKey(row), row.id);
  for (const key of remembered.keys()) {
    if (remembered.size <= REMEMBERED) return;
    remembered.delete(key);
  }
}
