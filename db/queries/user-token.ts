import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { user, userToken } from "@/db/schema";
import { hashToken } from "@/lib/auth/session-token";
import type { LinkKind } from "@/lib/notify/link-token";

/**
 * The link behind a token, or null when it is unknown, spent, replaced or expired. Reading does not spend it.
 * idx_user_token_hash carries it.
 */
export async function getOpenLink(db: Db, kind: LinkKind, token: string) {
  const [row] = await db
    .select({ email: userToken.email, expiresAt: userToken.expiresAt })
    .from(userToken)
    .innerJoin(user, eq(user.id, userToken.userId))
    .where(
      and(
        eq(userToken.tokenHash, hashToken(token)),
        eq(userToken.kind, kind),
        isNull(userToken.usedAt),
        gt(userToken.expiresAt, sql`now()`),
        isNull(user.disabledAt),
      ),
    );
  return row?.email ? { email: row.email, expiresAt: row.expiresAt } : null;
}
