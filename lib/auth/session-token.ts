import { createHash, randomBytes } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";

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

/** The session id of a cookie value that we signed, else null. */
export async function verifySessionToken(token: string, secret: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), { algorithms: ["HS256"] });
    return typeof payload.sid === "string" ? payload.sid : null;
  } catch {
    return null;
  }
}
