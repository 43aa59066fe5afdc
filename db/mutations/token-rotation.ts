import { sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { Actor } from "@/lib/auth/permissions";
import type { StoredSlack } from "@/lib/notify/slack-secret";
import { recordAudit } from "./audit";

export type TokenRow = {
  id: number;
  userId: number;
  keyId: string;
  accessTokenEncrypted: string;
  refreshTokenEncrypted: string;
};

/** Links that are not under the key `keyId`, by id after `afterId`, at most `limit`. */
export async function listTokensUnderOtherKeys(
  db: Db,
  { keyId, afterId, limit }: { keyId: string; afterId: number; limit: number },
): Promise<TokenRow[]> {
  return db.execute<TokenRow>(sql`
    select id, user_id as "userId", key_id as "keyId", access_token_encrypted as "accessTokenEncrypted",
      refresh_token_encrypted as "refreshTokenEncrypted"
    from connection where key_id <> ${keyId} and id > ${afterId}
    order by id limit ${limit}`);
}

export async function countTokensUnderKey(db: Db, keyId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from connection where key_id = ${keyId}`);
  return row?.count ?? 0;
}

export type Rotated = { before: TokenRow; after: Omit<TokenRow, "id" | "userId"> };

/**
 * Puts newly encrypted tokens in the place of those that were read, in one statement with its audit event. A row whose
 * tokens a refresh has replaced meanwhile is left alone. Returns how many were written.
 */
export const replaceTokens = (db: Database, actor: Actor, rotated: Rotated[], keyId: string): Promise<number> =>
  db.transaction(async (tx) => {
    const input = rotated.map(({ before, after }) => ({
      id: before.id,
      old_access: before.accessTokenEncrypted,
      old_refresh: before.refreshTokenEncrypted,
      key_id: after.keyId,
      access: after.accessTokenEncrypted,
      refresh: after.refreshTokenEncrypted,
    }));
    const written = await tx.execute(sql`
      update connection c
      set access_token_encrypted = r.access, refresh_token_encrypted = r.refresh, key_id = r.key_id, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(input)}::jsonb)
        as r(id int, old_access text, old_refresh text, key_id text, access text, refresh text)
      where c.id = r.id and c.access_token_encrypted = r.old_access and c.refresh_token_encrypted = r.old_refresh
      returning c.id`);
    if (written.length > 0) {
      await recordAudit(tx, actor, {
        action: "connection.rotate-keys",
        subjectType: "connection",
        subjectId: null,
        label: `key ${keyId}`,
        after: { links: written.length },
      });
    }
    return written.length;
  });

/**
 * Puts the newly encrypted Slack secret in the place of the one that was read. False when an admin has replaced it
 * meanwhile: what they stored is under the newest key anyway. Its version stays: nothing that a form shows has changed.
 */
export const replaceSlackSecret = (
  db: Database,
  actor: Actor,
  before: StoredSlack,
  after: StoredSlack,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const written = await tx.execute(sql`
      update setting set value = ${JSON.stringify(after)}::jsonb, updated_at = now()
      where key = 'slack_webhook' and value = ${JSON.stringify(before)}::jsonb
      returning key`);
    if (written.length === 0) return false;
    await recordAudit(tx, actor, {
      action: "setting.rotate-key",
      subjectType: "setting",
      subjectId: null,
      label: `Slack, key ${after.keyId}`,
    });
    return true;
  });
