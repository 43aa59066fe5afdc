import { createHmac, randomBytes } from "node:crypto";
import { hashToken } from "@/lib/auth/session-token";
import { requireEnv } from "@/lib/env";

/** What the database keeps of a calendar link: neither half opens the feed without AUTH_SECRET. */
export type NewFeed = { nonce: string; tokenHash: Buffer };

/** The secret in a calendar link. It is stored nowhere: its owner is shown it again by deriving it from the nonce. */
const feedToken = (nonce: string, secret = requireEnv("AUTH_SECRET")): string =>
  createHmac("sha256", secret).update(`cohort calendar feed:${nonce}`).digest("base64url");

export function newFeed(secret?: string): NewFeed {
  const nonce = randomBytes(32).toString("base64url");
  return { nonce, tokenHash: hashToken(feedToken(nonce, secret)) };
}

/** The path of a feed; null when its link has ended because AUTH_SECRET is another one now. */
export function feedPath(feed: { nonce: string; hash: string }, secret?: string): string | null {
  const token = feedToken(feed.nonce, secret);
  return hashToken(token).toString("hex") === feed.hash ? `/api/calendar/${token}.ics` : null;
}

/** The token in the last part of a feed's path, with or without the ending that some calendars ask for. */
export function tokenOfPath(part: string): string | null {
  const token = part.replace(/\.ics$/, "");
  return /^[\w-]{43}$/.test(token) ? token : null;
}

/** Whether the link was made under the secret that holds now: changing AUTH_SECRET ends every link. */
export const isFeedToken = (token: string, nonce: string, secret?: string): boolean =>
  feedToken(nonce, secret) === token;
