import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connection } from "@/db/schema";

type Tokens = {
  keyId: string;
  accessTokenEncrypted: string;
  refreshTokenEncrypted: string;
  expiresAt: Date;
  /** As granted; left as they were when the answer named none. */
  scopes?: string[];
};

/**
 * Keeps what a refresh answered. The old refresh token is dead by now, so this comes before anything else. False when
 * the link is gone, or another's by now.
 */
export async function saveRefreshedTokens(
  db: Db,
  { userId, leaseOwner, tokens }: { userId: number; leaseOwner: string; tokens: Tokens },
): Promise<boolean> {
  const saved = await db
    .update(connection)
    .set(tokens)
    .where(and(eq(connection.userId, userId), eq(connection.leaseOwner, leaseOwner)))
    .returning({ id: connection.id });
  return saved.length > 0;
}
