import type { StoredTokens } from "@/db/queries/connection";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";
import type { WakatimeAccess } from "./access";
import type { WakatimeClient } from "./client";
import { decryptToken, tokenAad } from "./token-crypto";

/** A person waits: WakaTime gets this long to answer, then things go on without it. */
const PATIENCE_MS = 8_000;

const how = () => ({ signal: AbortSignal.timeout(PATIENCE_MS), urgency: "interactive" as const });

/** Revokes tokens that were given and are not kept, as far as WakaTime lets us. */
export async function giveBack(client: WakatimeClient, accessToken: string): Promise<void> {
  try {
    await client.revoke(accessToken, how());
  } catch (error) {
    log.warn(describeError(error), "tokens that are not kept could not be revoked");
  }
}

/** Revokes a link's tokens. False when WakaTime could not be told; a token that is dead already is as good as revoked. */
export async function revokeStored(access: WakatimeAccess, userId: number, stored: StoredTokens): Promise<boolean> {
  try {
    const token = { keyId: stored.keyId, ciphertext: stored.refreshTokenEncrypted };
    await access.client.revoke(decryptToken(token, access.keys, tokenAad(userId, "refresh")), how());
    return true;
  } catch (error) {
    log.warn({ user: userId, ...describeError(error) }, "a link could not be revoked at WakaTime");
    return false;
  }
}
