import { sql } from "drizzle-orm";

/** How a statement begins that the pool prepares by name. */
export const PREPARED_MARK = "/* prepared */";

/**
 * At the head of a statement that is sent over and over with the same text, takes Postgres longer to plan than to run,
 * and is best run by one plan whoever asks: it is prepared by name, so that a connection plans it once.
 */
export const PREPARED = sql.raw(PREPARED_MARK);
