import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { setting, user } from "@/db/schema";
import { hashToken } from "@/lib/auth/session-token";
import { keyState } from "./batch-state";

/** What signing in needs to know about an address, whatever case it was typed in. */
export async function getAccountByEmail(db: Db, email: string) {
  const [account] = await db
    .select({
      id: user.id,
      email: user.email,
      name: user.name,
      role: user.role,
      passwordHash: user.passwordHash,
      disabledAt: user.disabledAt,
    })
    .from(user)
    .where(eq(user.email, email.trim().toLowerCase()));
  return account ?? null;
}

type OpenedBatch = { id: number; name: string; startDate: string; timeZone: string; isFull: boolean };

/**
 * The batch that a registration key opens now: switched on, not expired, not used up, batch not archived or over. One
 * that has no place left is found too, and says so: whoever holds its key may be told.
 */
export async function getBatchByRegistrationKey(db: Db, key: string): Promise<OpenedBatch | null> {
  const state = keyState(sql`now()`);
  const [found] = await db.execute<OpenedBatch>(sql`
    select b.id, b.name, b.start_date::text as "startDate", b.time_zone as "timeZone", ${state} = 'full' as "isFull"
    from batch b
    where b.registration_key = ${key} and ${state} in ('open', 'full')`);
  return found ? { ...found } : null;
}

/** True while nobody has an account: the set-up page may open. */
export async function isUnclaimed(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ unclaimed: boolean }>(sql`select not exists (select from "user") as unclaimed`);
  return row?.unclaimed ?? false;
}

/** The setting that keeps the hash of the one-time set-up token. */
export const SETUP_TOKEN_SETTING = "setup_token_hash";

/** Whether `token` opens the set-up page now. */
export async function isSetupToken(db: Db, token: string): Promise<boolean> {
  const [row] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, SETUP_TOKEN_SETTING));
  return row?.value === hashToken(token).toString("hex");
}
