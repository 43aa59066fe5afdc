import type { Db } from "@/db/client";
import { ConfigurationError, env, requireEnv } from "@/lib/env";
import { createWakatimeClient, type WakatimeClient } from "./client";
import { createRateLimiter } from "./rate-limit";
import { parseTokenKeys, type TokenKeys } from "./token-crypto";

/** What it takes to speak for a student: the client, and the keys of the stored tokens. */
export type WakatimeAccess = { client: WakatimeClient; keys: TokenKeys };

const CALLBACK_PATH = "/api/wakatime/callback";

const shared = new WeakMap<Db, WakatimeAccess>();

/** Where WakaTime sends people back to; must be registered there, letter by letter. */
export const callbackUrl = (): string => new URL(CALLBACK_PATH, env().APP_URL ?? "http://localhost:3000").href;

/** From the configuration, made on first use and kept with its pool: connections belong to the process, the limit to the academy. */
export function wakatimeAccess(db: Db): WakatimeAccess {
  const known = shared.get(db);
  if (known) return known;
  const access: WakatimeAccess = {
    client: createWakatimeClient({
      apiUrl: env().WAKATIME_API_URL.replace(/\/+$/, ""),
      oauthUrl: env().WAKATIME_OAUTH_URL.replace(/\/+$/, ""),
      clientId: requireEnv("WAKATIME_CLIENT_ID"),
      clientSecret: requireEnv("WAKATIME_CLIENT_SECRET"),
      redirectUri: callbackUrl(),
      limiter: createRateLimiter(db, {
        perSecond: env().WAKATIME_REQUESTS_PER_SECOND,
        atOnce: env().WAKATIME_REQUESTS_AT_ONCE,
      }),
    }),
    keys: parseTokenKeys(requireEnv("WAKATIME_TOKEN_KEYS")),
  };
  shared.set(db, access);
  return access;
}

/** Whether this installation can speak to WakaTime at all; where not, a sync has nothing to do. */
export function isWakatimeConfigured(): boolean {
  try {
    parseTokenKeys(requireEnv("WAKATIME_TOKEN_KEYS"));
    return Boolean(requireEnv("WAKATIME_CLIENT_ID") && requireEnv("WAKATIME_CLIENT_SECRET"));
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}
