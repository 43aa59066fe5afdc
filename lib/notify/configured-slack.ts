import type { Db } from "@/db/client";
import { getStoredSlack } from "@/db/queries/settings";
import { ConfigurationError } from "@/lib/env";
import { TokenCryptoError } from "@/lib/wakatime/token-crypto";
import { type SlackPoster, slackPoster } from "./slack-client";
import { openSlack } from "./slack-secret";

/** Slack is connected, and cannot be used as this process is set up: what waits for it waits. */
export type NoSlack = { reason: string };

/** The connected Slack; null when there is none, or why it cannot be used. */
export async function configuredSlack(db: Db): Promise<SlackPoster | NoSlack | null> {
  const stored = await getStoredSlack(db);
  if (!stored) return null;
  try {
    return slackPoster(openSlack(stored));
  } catch (error) {
    if (!(error instanceof TokenCryptoError || error instanceof ConfigurationError)) throw error;
    return {
      reason: `What connects Slack is encrypted under the key "${stored.keyId}", which WAKATIME_TOKEN_KEYS does not hold: add it, or connect Slack again.`,
    };
  }
}
