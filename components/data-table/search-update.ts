import { debounce } from "nuqs";

const SEARCH_PAUSE_MS = 300;

/**
 * How a search goes into the URL: after a pause, except when it is cleared; the first time as an entry in the history,
 * from then on in its place, so that Back undoes a whole search as one step. Asks the address bar, not the state: while
 * letters wait for their pause the two differ.
 */
export const searchUpdate = (value: string) => ({
  history: new URLSearchParams(window.location.search).has("q") ? ("replace" as const) : ("push" as const),
  ...(value && { limitUrlUpdates: debounce(SEARCH_PAUSE_MS) }),
});
