import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { batch, setting, user } from "@/db/schema";
import { hashToken } from "@/lib/auth/session-token";

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

const uses = sql`(select count(*) from key_use where key_use.batch_id = ${batch.id})`;

/** The batch that a registration key opens now: switched on, not expired, not used up, batch not archived or over. */
export async function getBatchByRegistrationKey(db: Db, key: string) {
  const [found] = await db
    .select({ id: batch.id, name: batch.name, startDate: batch.startDate, timeZone: batch.timeZone })
    .from(batch)
    .where(
      and(
        eq(batch.registrationKey, key),
        batch.keyActive,
        isNull(batch.archivedAt),
        sql`${batch.endDate} >= (now() at time zone ${batch.timeZone})::date`,
        or(isNull(batch.keyExpiresAt), gt(batch.keyExpiresAt, sql`now()`)),
        or(isNull(batch.keyMaxUses), gt(batch.keyMaxUses, uses)),
      ),
    );
  return found ?? null;
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
