import type { Db } from "@/db/client";
import type { FacetCount, ListSource } from "@/db/queries/list";
import type { Viewer } from "@/db/queries/session";
import type { AnyList, ListValues } from "./definition";

/** What a cell of an export holds: dates as ISO, durations as hours. Null is an empty cell. */
export type Cell = string | number | null;

/** The server's side of a list: which statement it is, and what stands in an export. */
export type ServedList<List extends AnyList = AnyList, Row = unknown> = {
  list: List;
  /** May this person see the list at all? What they see of it is the source's business. */
  allowed: (viewer: Viewer) => boolean;
  source: (values: ListValues<List>, viewer: Viewer, now: Date) => ListSource;
  /** How many rows have which value of a filter, that filter itself left aside. */
  counts: (
    db: Db,
    filter: keyof List["filters"] & string,
    values: ListValues<List>,
    viewer: Viewer,
    now: Date,
  ) => Promise<FacetCount[]>;
  cells: (row: Row, now: Date) => Record<keyof List["columns"] & string, Cell>;
  /** Headers of an export that say more than the screen's, such as a unit. */
  headers?: Partial<Record<keyof List["columns"] & string, string>>;
};

export const serve = <List extends AnyList, Row>(served: ServedList<List, Row>): ServedList<List, Row> => served;
