import type { Database } from "@/db/client";
import {
  countTokensUnderKey,
  listTokensUnderOtherKeys,
  type Rotated,
  replaceTokens,
  type TokenRow,
} from "@/db/mutations/token-rotation";
import { decryptToken, encryptTokenPair, TokenCryptoError, type TokenKeys, tokenAad } from "./token-crypto";

const PAGE_SIZE = 500;
/** What a refresh replaced under our hands is looked at again; more often than this it is the next command's turn. */
const PASSES = 3;

export type Rotation = {
  rotated: number;
  current: number;
  /** Replaced by a refresh each time we looked: under which key, the next run tells. */
  overtaken: number;
  /** Links that none of the keys opens, by the id of the key they are under. */
  unreadable: Record<string, number>;
};

/**
 * Encrypts every link's tokens under the newest key, which is the first. Safe beside running syncs, and done again it
 * finds nothing to do.
 */
export async function rotateTokens(db: Database, keys: TokenKeys, pageSize = PAGE_SIZE): Promise<Rotation> {
  const newest = keys[0]?.id;
  if (newest === undefined) throw new TokenCryptoError("There is no key to encrypt with.");
  const current = await countTokensUnderKey(db, newest);
  let rotated = 0;
  for (let pass = 1; ; pass++) {
    const { written, overtaken, unreadable } = await rotateOnce(db, keys, newest, pageSize);
    rotated += written;
    if (overtaken === 0 || pass === PASSES) return { rotated, current, overtaken, unreadable };
  }
}

async function rotateOnce(db: Database, keys: TokenKeys, newest: string, limit: number) {
  const unreadable: Record<string, number> = {};
  let written = 0;
  let overtaken = 0;
  for (let afterId = 0; ; ) {
    const rows = await listTokensUnderOtherKeys(db, { keyId: newest, afterId, limit });
    const last = rows.at(-1);
    if (!last) return { written, overtaken, unreadable };
    afterId = last.id;
    const ready: Rotated[] = [];
    for (const row of rows) {
      const after = reencrypted(row, keys);
      if (after) ready.push({ before: row, after });
      else unreadable[row.keyId] = (unreadable[row.keyId] ?? 0) + 1;
    }
    const count = await replaceTokens(db, { type: "system", job: "tokens-rotate" }, ready, newest);
    written += count;
    overtaken += ready.length - count;
  }
}

/** Null when no key opens the tokens. */
function reencrypted(row: TokenRow, keys: TokenKeys): Rotated["after"] | null {
  const read = (ciphertext: string, token: "access" | "refresh") =>
    decryptToken({ keyId: row.keyId, ciphertext }, keys, tokenAad(row.userId, token));
  try {
    const accessToken = read(row.accessTokenEncrypted, "access");
    const refreshToken = read(row.refreshTokenEncrypted, "refresh");
    return encryptTokenPair(row.userId, { accessToken, refreshToken }, keys);
  } catch (error) {
    if (error instanceof TokenCryptoError) return null;
    throw error;
  }
}
