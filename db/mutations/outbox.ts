import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** One message to one person for one occasion. Never put a secret into the payload. */
export type Notice = { userId: number; kind: NoticeKind; occasion: string; payload?: Record<string, unknown> };

/** What people can be told about; each has a template in lib/notify. */
export const noticeKinds = ["password-reset", "email-verification", "wakatime-reconnect", "wakatime-alarm"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * Writes notices in the caller's transaction. A person hears of an occasion once: a repetition is dropped. Returns the
 * ids of those that are new; nobody sends them until "outbox-send" runs.
 */
export async function writeNotices(tx: Db, notices: Notice[]): Promise<number[]> {
  if (notices.length === 0) return [];
  const rows: { id: number }[] = await tx.execute<{ id: number }>(sql`
    insert into outbox (user_id, kind, occasion, payload)
    select n.user_id, n.kind, n.occasion, coalesce(n.payload, '{}')
    from jsonb_to_recordset(${JSON.stringify(
      notices.map(({ userId, kind, occasion, payload }) => ({ user_id: userId, kind, occasion, payload })),
    )}::jsonb) as n(user_id int, kind text, occasion text, payload jsonb)
    on conflict do nothing
    returning id`);
  return rows.map((row) => row.id);
}
