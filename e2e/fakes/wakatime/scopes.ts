import { z } from "zod";
import { DEFAULT_SCOPE } from "./tokens";

/** What a request asks for; the older name of a scope opens the same. */
const OLDER: Record<string, string> = {
  read_summaries: "read_logged_time",
  read_heartbeats: "read_logged_time",
  write_heartbeats: "write_logged_time",
};

export type Scope = "email" | "read_summaries" | "read_stats" | "read_heartbeats" | "write_heartbeats";

export const scopesSchema = z.object({
  /** A person's key, for all of their tokens, or one token. */
  who: z.union([z.number().int(), z.string()]),
  scope: z.string(),
});

/** What each token may read. An API key, and a token that nobody has spoken of, may everything. */
export function createScopes() {
  const granted = new Map<number | string, string>();
  const scopeOf = (token: string, person: number) => {
    const said = granted.get(token) ?? granted.get(person);
    // A token that came from the token endpoint has what that said.
    return said ?? (/\.r\d+$/.test(token) ? DEFAULT_SCOPE : null);
  };
  return {
    grant: (who: number | string, scope: string) => {
      granted.set(who, scope);
    },
    clear: () => granted.clear(),
    /** `read_summaries.languages` counts as well: the fake shows all lists to it. */
    allows(token: string, person: number, wanted: Scope): boolean {
      const scope = scopeOf(token, person);
      if (scope === null) return true;
      return scope
        .split(/[\s,]+/)
        .some((each) => each === wanted || each.startsWith(`${wanted}.`) || each === OLDER[wanted]);
    },
  };
}

export type Scopes = ReturnType<typeof createScopes>;
