import { customType, integer, timestamp } from "drizzle-orm/pg-core";

/** An instant (`timestamptz`), a `Date` in TypeScript. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

export const createdAt = { createdAt: instant().notNull().defaultNow() };

export const mutableColumns = {
  ...createdAt,
  updatedAt: instant()
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};

/** Rows that people edit carry a version, so that the second of two editors is told. */
export const editedColumns = { ...mutableColumns, version: integer().notNull().default(1) };

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const identity = () => integer().primaryKey().generatedAlwaysAsIdentity();
