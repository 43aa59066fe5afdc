import { randomInt, randomUUID } from "node:crypto";
import {
  type DemoPerson,
  demoAccessToken,
  demoRefreshToken,
  demoUid,
  personFromToken,
} from "@/db/seed/coding-generator";

const YEAR_SECONDS = 365 * 86_400;
const CODE_LIFETIME_MS = 10 * 60_000;
const SERIALS = 1_000_000;

export const DEFAULT_SCOPE = "email read_summaries";

type Grant = { person: DemoPerson; scope?: string | undefined };

/**
 * Who a token belongs to stands in the token, so that it survives a restart; what is remembered is only which ones
 * have been spent or revoked. A rotated token ends in `.r` and a number: its expiry in seconds, then six free digits.
 */
export function createTokens(now: () => Date) {
  const dead = new Set<string>();
  const codes = new Map<string, Grant & { redirectUri: string; until: number }>();
  const base = (token: string) => token.replace(/\.r\d+$/, "");
  const expiresAt = (token: string) => {
    const number = /\.r(\d+)$/.exec(token)?.[1];
    return number === undefined ? Number.POSITIVE_INFINITY : Math.floor(Number(number) / SERIALS);
  };

  function issue(person: DemoPerson, lifetimeSeconds = YEAR_SECONDS, scope = DEFAULT_SCOPE) {
    const ends = Math.floor(now().getTime() / 1000) + lifetimeSeconds;
    const mark = `.r${ends * SERIALS + randomInt(SERIALS)}`;
    return {
      access_token: demoAccessToken(person) + mark,
      refresh_token: demoRefreshToken(person) + mark,
      uid: demoUid(person.key),
      token_type: "bearer",
      expires_at: new Date(ends * 1000).toISOString().replace(".000Z", "Z"),
      expires_in: lifetimeSeconds,
      scope,
    };
  }

  return {
    issue,
    /** The person an access token (or API key) stands for; null when it is foreign, expired or revoked. */
    person(token: string): DemoPerson | null {
      if (dead.has(token) || expiresAt(token) * 1000 <= now().getTime()) return null;
      return token.startsWith("waka_ref_") ? null : personFromToken(base(token));
    },
    createCode(person: DemoPerson, redirectUri: string, scope?: string): string {
      const code = randomUUID();
      codes.set(code, { person, scope, redirectUri, until: now().getTime() + CODE_LIFETIME_MS });
      return code;
    },
    /** Whom a token request is about, spending nothing. */
    holder: ({ code = "", refresh_token = "" }: Record<string, string>): DemoPerson | null =>
      codes.get(code)?.person ?? personFromToken(base(refresh_token)),
    /** A code is good once. */
    spendCode(code: string, redirectUri: string): Grant | null {
      const known = codes.get(code);
      codes.delete(code);
      return known && known.redirectUri === redirectUri && known.until > now().getTime() ? known : null;
    },
    /** A refresh token is good once; the access token given with it stays good until it ends. */
    spendRefresh(token: string): Grant | null {
      if (!token.startsWith("waka_ref_") || dead.has(token)) return null;
      const person = personFromToken(base(token));
      if (!person) return null;
      dead.add(token);
      return { person };
    },
    /** Kills the pair that the token belongs to. */
    revoke(token: string): void {
      const pair = token.replace(/^waka_(tok|ref)_/, "");
      dead.add(`waka_tok_${pair}`).add(`waka_ref_${pair}`);
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;
