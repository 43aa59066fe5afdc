import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { session, user } from "@/db/schema";
import { hashToken, newSessionId, SESSION_IDLE_DAYS } from "@/lib/auth/session-token";

export type Device = { ip: string | null; userAgent: string | null };

const DEVICE_CHARS = 200;

/** Opens a session and returns its id, which is shown once: the cookie carries it, the table only its hash. */
export async function openSession(db: Db, userId: number, device: Device): Promise<string> {
  const sid = newSessionId();
  await db.insert(session).values({
    tokenHash: hashToken(sid),
    userId,
    device: device.userAgent?.slice(0, DEVICE_CHARS) ?? null,
    ip: device.ip,
    expiresAt: sql`now() + make_interval(days => ${SESSION_IDLE_DAYS}::int)`,
  });
  await db.update(user).set({ lastSignInAt: sql`now()` }).where(eq(user.id, userId));
  return sid;
}

/** Ends one session. Ending one that is unknown or over already changes nothing. */
export async function revokeSession(db: Db, sid: string): Promise<void> {
  await db
    .update(session)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(session.tokenHash, hashToken(sid)), isNull(session.revokedAt)));
}

/** Ends every session of a user, as disabling them does. */
export async function revokeSessionsOf(db: Db, userId: number): Promise<void> {
  await db
    .update(session)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(session.userId, userId), isNull(session.revokedAt)));
}
