import type { Db } from "@/db/client";
import { saveRefreshedTokens } from "@/db/mutations/connection-tokens";
import type { WakatimeClient } from "./client";
import { LeaseLostError, RefreshRefusedError, WakatimeError } from "./errors";
import type { Urgency } from "./rate-limit";
import type { TokenAnswer } from "./shapes";
import { encryptTokenPair, type TokenKeys } from "./token-crypto";

/** What WakaTime gives today, should an answer not say how long its tokens live. */
const DEFAULT_LIFETIME_SECONDS = 365 * 86_400;

export function expiryOf(answer: TokenAnswer, now: Date): Date {
  const stated = answer.expiresAt === undefined ? Number.NaN : Date.parse(answer.expiresAt);
  if (Number.isFinite(stated)) return new Date(stated);
  return new Date(now.getTime() + (answer.expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS) * 1000);
}

type Options = {
  db: Db;
  client: WakatimeClient;
  keys: TokenKeys;
  userId: number;
  leaseOwner: string;
  refreshToken: string;
  urgency?: Urgency | undefined;
  now: Date;
};

/**
 * Trades the refresh token for a new pair, saves it, and returns the new access token. The caller holds the lease: it
 * is what keeps two processes from spending the same refresh token. Not interruptible, because the answer exists
 * once. Throws RefreshRefusedError when WakaTime will not take the token, LeaseLostError when the link is no longer
 * ours, WakatimeError when it may work later.
 */
export async function refreshConnection(options: Options): Promise<string> {
  const { db, client, keys, userId, leaseOwner, refreshToken, urgency = "background", now } = options;
  let answer: TokenAnswer;
  try {
    answer = await client.refresh(refreshToken, { urgency });
  } catch (error) {
    throw refusalOf(error);
  }
  const pair = encryptTokenPair(
    userId,
    { accessToken: answer.accessToken, refreshToken: answer.refreshToken ?? refreshToken },
    keys,
  );
  const scopes = answer.scopes.length > 0 ? { scopes: answer.scopes } : {};
  const tokens = { ...pair, ...scopes, expiresAt: expiryOf(answer, now) };
  if (await saveRefreshedTokens(db, { userId, leaseOwner, tokens })) return answer.accessToken;
  // Disconnected or connected anew meanwhile: nobody may be left with a pair that nobody knows of.
  await client.revoke(answer.accessToken, { urgency }).catch(() => {});
  throw new LeaseLostError();
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof WakatimeError) || error.status === undefined) return error;
  // The error's name in the body is not documented: the status alone decides.
  if (error.status === 400 || error.status === 401) {
    return new RefreshRefusedError("WakaTime refused to renew the access.", { cause: error });
  }
  // Whatever else the token endpoint says is about the endpoint, not about what the person's plan or scope shows.
  if (error.status >= 500 || error.kind === "rate_limited") return error;
  return new WakatimeError("unavailable", error.message, { status: error.status, cause: error });
}
