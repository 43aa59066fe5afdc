import type { Database } from "@/db/client";
import { replaceSlackSecret } from "@/db/mutations/token-rotation";
import { getStoredSlack } from "@/db/queries/settings";
import { TokenCryptoError, type TokenKeys } from "@/lib/wakatime/token-crypto";
import { resealSlack, type StoredSlack } from "./slack-secret";

/**
 * Encrypts what connects Slack under the newest key, which is the first. "current" is also what an admin replaced
 * meanwhile: that is under the newest key of their process.
 */
export async function rotateSlackSecret(
  db: Database,
  keys: TokenKeys,
): Promise<"none" | "current" | "rotated" | "unreadable"> {
  const stored = await getStoredSlack(db);
  if (!stored) return "none";
  if (stored.keyId === keys[0]?.id) return "current";
  let after: StoredSlack;
  try {
    after = resealSlack(stored, keys);
  } catch (error) {
    if (error instanceof TokenCryptoError) return "unreadable";
    throw error;
  }
  return (await replaceSlackSecret(db, { type: "system", job: "tokens-rotate" }, stored, after))
    ? "rotated"
    : "current";
}
