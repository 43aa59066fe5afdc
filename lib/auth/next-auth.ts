import { headers } from "next/headers";
import NextAuth, { CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { requireEnv } from "@/lib/env";
import { SESSION_ABSOLUTE_DAYS, SESSION_COOKIE, signSessionId, verifySessionToken } from "./session-token";

/**
 * next-auth keeps the cookie; the `session` row keeps the truth. Its token is an HS256 signature over nothing but the
 * session id: credentials allow no database strategy in next-auth 5, and its encrypted default costs far more.
 * Read on every call, so that building needs no secret.
 */
export const { signIn, signOut } = NextAuth(async () => {
  const secret = requireEnv("AUTH_SECRET");
  const isHttps = (await headers()).get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
  return {
    secret,
    trustHost: true,
    pages: { signIn: "/login", error: "/login" },
    session: { strategy: "jwt", maxAge: SESSION_ABSOLUTE_DAYS * 86_400 },
    cookies: {
      sessionToken: {
        name: SESSION_COOKIE,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps },
      },
    },
    providers: [
      Credentials({
        // The password has been checked and the session opened by lib/auth/sign-in; what arrives is its signed id.
        credentials: { ticket: {} },
        async authorize({ ticket }) {
          const sid = typeof ticket === "string" ? verifySessionToken(ticket, secret) : null;
          return sid ? { id: sid } : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : token),
    },
    jwt: {
      encode: ({ token }) => signSessionId(String(token?.sid ?? ""), secret),
      decode: async ({ token }) => {
        const sid = token ? verifySessionToken(token, secret) : null;
        return sid ? { sid } : null;
      },
    },
    logger: {
      error: (error) => {
        if (!(error instanceof CredentialsSignin)) console.error(error);
      },
    },
  };
});
