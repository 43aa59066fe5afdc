import { ConfigurationError, env, requireEnv } from "@/lib/env";
import { createWakatimeClient, type WakatimeClient } from "./client";
import { parseTokenKeys, type TokenKeys } from "./token-crypto";

/** What it takes to speak for a student: the client, and the keys of the stored tokens. */
export type WakatimeAccess = { client: WakatimeClient; keys: TokenKeys };

const CALLBACK_PATH = "/api/wakatime/callback";

let shared: WakatimeAccess | undefined;

/** From the configuration, made on first use and kept: the rate limit and the connections belong to the process. */
export function wakatimeAccess(): WakatimeAccess {
  shared ??= {
    client: createWakatimeClient({
      apiUrl: env().WAKATIME_API_URL.replace(/\/+$/, ""),
      oauthUrl: env().WAKATIME_OAUTH_URL.replace(/\/+$/, ""),
      clientId: requireEnv("WAKATIME_CLIENT_ID"),
      clientSecret: requireEnv("WAKATIME_CLIENT_SECRET"),
      redirectUri: new URL(CALLBACK_PATH, env().APP_URL ?? "http://localhost:3000").href,
    }),
    keys: parseTokenKeys(requireEnv("WAKATIME_TOKEN_KEYS")),
  };
  return shared;
}

/** Whether this installation can speak to WakaTime at all; where not, a sync has nothing to do. */
export function isWakatimeConfigured(): boolean {
  try {
    wakatimeAccess();
    return true;
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}
