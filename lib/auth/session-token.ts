import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { SignJWT } from "jose";

export const SESSION_COOKIE = "access_token_cookie";
export const SESSION_ABSOLUTE_DAYS = 30;
export const SESSION_IDLE_DAYS = 7;

/** A new opaque session id: 256 random bits. Whoever holds it holds the session, so only its hash is stored. */
export const newSessionId = (): string => randomBytes(32).toString("base64url");

/** SHA-256, as every secret of high entropy is stored here. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

const keyOf = (secret: string) => new TextEncoder().encode(secret);

/** The cookie's value: an HS256 token whose only content is the session id. The `session` row decides everything else. */
export const signSessionId = (sid: string, secret: string): Promise<string> =>
  new SignJWT({ sid }).setProtectedHeader({ alg: "HS256" }).setIssuedAt().sign(keyOf(secret));

/** `{"alg":"HS256"}` as the tokens begin that we sign; one with any other header is not ours. */
const HEADER = Buffer.from('{"alg":"HS256"}').toString("base64url");
const SIGNATURE_BYTES = 32;

/**
 * The session id of a cookie value that we signed, else null. Every request does this, so the one algorithm is checked
 * here and at once: a general verifier imports the key each time and waits for another thread (32 µs against 5).
 */
export function verifySessionToken(token: string, secret: string): string | null {
  const [header, payload, signature, ...more] = token.split(".");
  if (header !== HEADER || !payload || !signature || more.length > 0) return null;
  const given = Buffer.from(signature, "base64url");
  const ours = createHmac("sha256", secret).update(`${header}.${payload}`).digest();
  if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(given, ours)) return null;
  const { sid } = JSON.parse(Buffer.from(payload, "base64url").toString());
  return typeof sid === "string" ? sid : null;
}
