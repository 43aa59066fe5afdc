/** Apart from the schemas, for forms that say them: a browser need not load what reads a form on the server. */

/** More than any room, or any afternoon, holds. */
export const MOST_PLACES = 1_000;

/** So many sessions at once, two years of weeks. */
export const MOST_DATES = 104;

export const MOST_WEEKS_AHEAD = 26;
