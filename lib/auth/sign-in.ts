import { headers } from "next/headers";
import { getDb } from "@/db/client";
import type { Role } from "@/db/enums";
import { type Device, openSession, revokeSession } from "@/db/mutations/session";
import { getAccountByEmail } from "@/db/queries/account";
import { env, requireEnv } from "@/lib/env";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { currentRequest } from "@/lib/observability/request-context";
import { clientAddress } from "./client-address";
import { readSessionId } from "./current";
import { forgiveSignIn, limitSignIn } from "./limits";
import { signIn, signOut } from "./next-auth";
import { passwordMatches } from "./password";
import { signSessionId } from "./session-token";

export type SignedIn = { id: number; email: string; name: string; role: Role };

/** Where this request comes from: its address as far as it can be believed, and its browser's own name. */
export async function requestDevice(): Promise<Device & { ip: string }> {
  const requestHeaders = await headers();
  return {
    ip: clientAddress(
      requestHeaders.get("x-forwarded-for"),
      currentRequest()?.remoteAddress ?? null,
      env().TRUST_PROXY,
    ),
    userAgent: requestHeaders.get("user-agent"),
  };
}

/** Puts a session's signed id into the cookie of the answer. */
export async function setSessionCookie(sid: string): Promise<void> {
  const ticket = await signSessionId(sid, requireEnv("AUTH_SECRET"));
  await signIn("credentials", { ticket, redirect: false });
}

/**
 * Checks a password, opens a session and sets its cookie. Says the same, after the same work, whether the address is
 * unknown or the password wrong. Limits are product.md's: failures only, per account and address and per address.
 */
export async function signInWithPassword(email: string, password: string): Promise<ActionResult<SignedIn>> {
  const db = getDb();
  const device = await requestDevice();
  const limited = await limitSignIn(db, email, device.ip);
  if (limited) return limited;
  const account = await getAccountByEmail(db, email);
  const matches = await passwordMatches(account?.passwordHash, password);
  if (!account || !matches) return failure("unauthenticated", "E-mail address or password is wrong.");
  await forgiveSignIn(db, email, device.ip);
  if (account.disabledAt) {
    return failure("forbidden", "This account is disabled. Please ask your academy's staff.");
  }
  await setSessionCookie(await openSession(db, account.id, device));
  return ok({ id: account.id, email: account.email, name: account.name, role: account.role });
}

/** Ends the session in the database first, then clears the cookie: a copied cookie is worthless from here on. */
export async function endSession(): Promise<void> {
  const sid = await readSessionId();
  if (sid) await revokeSession(getDb(), sid);
  await signOut({ redirect: false });
}
