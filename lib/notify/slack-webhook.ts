import { requireEnv } from "@/lib/env";
import { decryptToken, encryptToken, parseTokenKeys } from "@/lib/wakatime/token-crypto";

/** Where the academy's Slack messages go, as the setting keeps it: the address itself is a secret and encrypted. */
export type StoredWebhook = { keyId: string; ciphertext: string; host: string; ending: string };

/** What the ciphertext is bound to: nothing else can be put in its place. */
const AAD = "setting:slack_webhook";
const ENDING_CHARS = 4;

const keys = () => parseTokenKeys(requireEnv("WAKATIME_TOKEN_KEYS"));

/** Encrypted with the installation's newest key. Host and last characters stay readable, so that people know which it is. */
export function sealWebhook(url: string): StoredWebhook {
  return { ...encryptToken(url, keys(), AAD), host: new URL(url).host, ending: url.slice(-ENDING_CHARS) };
}

/** The address itself. Throws TokenCryptoError when its key is not configured any more. */
export const openWebhook = ({ keyId, ciphertext }: StoredWebhook): string =>
  decryptToken({ keyId, ciphertext }, keys(), AAD);
