import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Whether this is the hash of a token that holds now, with this scope, of an admin who is not disabled. One probe of idx_api_token_hash. */
export async function holdsApiToken(db: Db, tokenHash: Buffer, scope: string): Promise<boolean> {
  const rows = await db.execute(sql`
    select from api_token t join "user" u on u.id = t.user_id
    where t.token_hash = ${tokenHash} and ${scope} = any (t.scopes) and t.expires_at > now() and t.revoked_at is null
      and u.role = 'admin' and u.disabled_at is null`);
  return rows.length > 0;
}
