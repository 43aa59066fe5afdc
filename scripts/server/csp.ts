import { randomBytes } from "node:crypto";

/** 128 random bits: what makes a nonce unguessable. */
export const newNonce = () => randomBytes(16).toString("base64");

/**
 * The content security policy of one response. Scripts run only with this request's nonce, or when such a script loads
 * them. Development also needs eval (React's error overlay) and a web socket (hot reload).
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join("; ");
}
