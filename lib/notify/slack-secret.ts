import { requireEnv } from "@/lib/env";
import { decryptToken, encryptToken, parseTokenKeys, type TokenKeys } from "@/lib/wakatime/token-crypto";

type Sealed = {
  keyId: string;
  ciphertext: string /** Its last characters, so that people know which it is. */;
  ending: string;
};

/** An incoming webhook: an address that lets its holder write to one channel, the academy's. */
export type StoredWebhook = Sealed & { kind?: undefined; host: string };
/** A bot's token and the academy's channel; with it the batches' own channels are reached as well. */
export type StoredBot = Sealed & { kind: "bot"; channel: string };

/** How Slack is reached, as the setting keeps it: what lets its holder write is encrypted. */
export type StoredSlack = StoredWebhook | StoredBot;

/** The same, readable: for whoever sends. */
export type SlackAccess = { kind: "webhook"; url: string } | { kind: "bot"; token: string; channel: string };

/** What a ciphertext is bound to: nothing else can be put in its place, nor one kind be taken for the other. */
const aadOf = ({ kind }: Pick<StoredSlack, "kind">) => (kind === "bot" ? "setting:slack_bot" : "setting:slack_webhook");
const ENDING_CHARS = 4;

const configuredKeys = () => parseTokenKeys(requireEnv("WAKATIME_TOKEN_KEYS"));

/** Encrypted with the installation's newest key. Host and last characters stay readable. */
export function sealWebhook(url: string): StoredWebhook {
  return {
    ...encryptToken(url, configuredKeys(), aadOf({})),
    host: new URL(url).host,
    ending: url.slice(-ENDING_CHARS),
  };
}

/** `channel` is the academy's: `#name`, or Slack's id of it. */
export function sealBot(token: string, channel: string): StoredBot {
  const kind = "bot" as const;
  return {
    kind,
    ...encryptToken(token, configuredKeys(), aadOf({ kind })),
    channel,
    ending: token.slice(-ENDING_CHARS),
  };
}

/** Throws TokenCryptoError when its key is not configured any more. */
export function openSlack(stored: StoredSlack): SlackAccess {
  const secret = decryptToken(stored, configuredKeys(), aadOf(stored));
  return stored.kind === "bot"
    ? { kind: "bot", token: secret, channel: stored.channel }
    : { kind: "webhook", url: secret };
}

/** The same secret under the newest key. Throws TokenCryptoError when none of the keys opens it. */
export function resealSlack(stored: StoredSlack, keys: TokenKeys): StoredSlack {
  const aad = aadOf(stored);
  return { ...stored, ...encryptToken(decryptToken(stored, keys, aad), keys, aad) };
}
