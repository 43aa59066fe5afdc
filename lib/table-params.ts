import { createParser, parseAsInteger, parseAsNumberLiteral, parseAsString } from "nuqs/server";

export const PAGE_SIZES = [20, 50, 100] as const;
const SEARCH_CHARS = 100;
const LAST_PAGE = 1_000_000;

export type Sort<Key extends string> = { key: Key; descending: boolean };

/** An order as it stands in the address: `name`, or `-name` where the last comes first. */
export const sortText = ({ key, descending }: Sort<string>): string => (descending ? `-${key}` : key);

/** `?sort=name` or `?sort=-name`; an unknown key reads as the default. */
const parseAsSort = <Key extends string>(keys: readonly Key[]) =>
  createParser<Sort<Key>>({
    parse: (value) => {
      const descending = value.startsWith("-");
      const key = keys.find((each) => each === value.slice(descending ? 1 : 0));
      return key ? { key, descending } : null;
    },
    serialize: sortText,
    eq: (a, b) => a.key === b.key && a.descending === b.descending,
  });

export const LARGEST_ID = 2_147_483_647;

/** An id that a row can have; anything else reads as none. */
export const parseAsId = createParser({
  parse: (value) => {
    const id = parseAsInteger.parse(value);
    return id !== null && id >= 1 && id <= LARGEST_ID ? id : null;
  },
  serialize: String,
});

const parseAsPage = createParser({
  parse: (value) => {
    const page = parseAsInteger.parse(value);
    return page === null ? null : Math.min(Math.max(page, 1), LAST_PAGE);
  },
  serialize: String,
});

const parseAsSearch = createParser({
  parse: (value) => parseAsString.parse(value)?.replaceAll("\0", "").trim().slice(0, SEARCH_CHARS) ?? null,
  serialize: (value: string) => value,
});

/** The part of the URL that every table has: `q`, `sort`, `page`, `size`. Defaults stay out of the address. */
export const tableParams = <Key extends string>(sortKeys: readonly Key[], defaultSort: Sort<Key>) => ({
  q: parseAsSearch.withDefault(""),
  sort: parseAsSort(sortKeys).withDefault(defaultSort),
  page: parseAsPage.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(20),
});

export const lastPage = (total: number, size: number): number => Math.max(1, Math.ceil(total / size));
