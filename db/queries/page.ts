/** One page of a list and the exact number of rows that match; `page` counts from 1. */
export type Page<Row> = { rows: Row[]; total: number; page: number; pageSize: number };
