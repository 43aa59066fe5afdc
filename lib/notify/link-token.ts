import { createHmac, randomBytes } from "node:crypto";
import { hashToken } from "@/lib/auth/session-token";
import { requireEnv } from "@/lib/env";

/** What a mailed link is for. */
export type LinkKind = "reset" | "verify" | "invite";

/** A link that is about to be mailed: what the outbox may know of it, and what `user_token` keeps. */
export type NewLink = { nonce: string; tokenHash: Buffer };

/**
 * The secret in a mailed link. It is stored nowhere: who sends derives it from the nonce in the outbox, which is worth
 * nothing without AUTH_SECRET.
 */
export const linkToken = (kind: LinkKind, nonce: string): string =>
  createHmac("sha256", requireEnv("AUTH_SECRET")).update(`cohort mailed link:${kind}:${nonce}`).digest("base64url");

export function newLink(kind: LinkKind): NewLink {
  const nonce = randomBytes(32).toString("base64url");
  return { nonce, tokenHash: hashToken(linkToken(kind, nonce)) };
}
