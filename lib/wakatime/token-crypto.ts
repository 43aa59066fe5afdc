import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys in the order of the configuration: the first one encrypts, all of them decrypt. */
export type TokenKeys = { id: string; key: KeyObject }[];

export type EncryptedToken = { keyId: string; ciphertext: string };

/** The token cannot be read: its key is not configured, or the stored text is not what was encrypted. */
export class TokenCryptoError extends Error {
  override name = "TokenCryptoError";
}

/** Reads `id:base64 of 32 bytes, …` (WAKATIME_TOKEN_KEYS). Throws TokenCryptoError, which never quotes a key. */
export function parseTokenKeys(text: string): TokenKeys {
  const keys = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(part) ?? [];
      const key = Buffer.from(encoded ?? "", "base64");
      if (!id || key.length !== KEY_BYTES) {
        throw new TokenCryptoError(`WAKATIME_TOKEN_KEYS: each key is "id:" and ${KEY_BYTES} bytes in base64.`);
      }
      return { id, key: createSecretKey(key) };
    });
  if (keys.length === 0) throw new TokenCryptoError("WAKATIME_TOKEN_KEYS holds no key.");
  if (new Set(keys.map((each) => each.id)).size !== keys.length) {
    throw new TokenCryptoError("WAKATIME_TOKEN_KEYS: two keys have the same id.");
  }
  return keys;
}

/** What a ciphertext is bound to: a token moved to another person's row, or to the other column, does not decrypt. */
export const tokenAad = (userId: number, token: "access" | "refresh") => `connection:${userId}:${token}`;

/** `ciphertext` is base64 of nonce, tag and text, in that order. */
export function encryptToken(plain: string, keys: TokenKeys, aad: string): EncryptedToken {
  const current = keys[0];
  if (!current) throw new TokenCryptoError("There is no key to encrypt with.");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, current.key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(aad));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return { keyId: current.id, ciphertext: Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64") };
}

export function decryptToken({ keyId, ciphertext }: EncryptedToken, keys: TokenKeys, aad: string): string {
  const found = keys.find((each) => each.id === keyId);
  if (!found) throw new TokenCryptoError(`The token was encrypted under key "${keyId}", which is not configured.`);
  const bytes = Buffer.from(ciphertext, "base64");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new TokenCryptoError("The stored token is too short.");
  const decipher = createDecipheriv(ALGORITHM, found.key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    throw new TokenCryptoError("The stored token was changed, or belongs to another row.");
  }
}

/** Both tokens of one link, in the columns of `connection`. */
export function encryptTokenPair(
  userId: number,
  tokens: { accessToken: string; refreshToken: string },
  keys: TokenKeys,
) {
  const access = encryptToken(tokens.accessToken, keys, tokenAad(userId, "access"));
  const refresh = encryptToken(tokens.refreshToken, keys, tokenAad(userId, "refresh"));
  return { keyId: access.keyId, accessTokenEncrypted: access.ciphertext, refreshTokenEncrypted: refresh.ciphertext };
}
