import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { NoticeGroup } from "./notice-groups";

/** By which ways somebody is told. */
export type Chosen = { mail: boolean; slack: boolean };

/** Who chose nothing gets mail, and no messages in Slack. */
export const UNCHOSEN: Chosen = { mail: true, slack: false };

export type Preferences = {
  email: string;
  /** Of the groups that they have chosen about. */
  chosen: Partial<Record<NoticeGroup, Chosen>>;
  /** A bot is connected, which can write to people. */
  hasBot: boolean;
  /** Why their newest direct message has not arrived; null when it has, or there was none. */
  lastDirectReason: string | null;
};

/** One's own page of notifications, in one statement. outbox_once finds the direct messages by the person. */
export async function getPreferences(db: Db, userId: number): Promise<Preferences | null> {
  const [row] = await db.execute<Preferences>(sql`
    select u.email,
      coalesce((
        select json_object_agg(p.kind, json_build_object('mail', p.mail, 'slack', p.slack))
        from notification_preference p where p.user_id = u.id), '{}') as chosen,
      exists (select from setting where key = 'slack_webhook' and value ->> 'kind' = 'bot') as "hasBot",
      (
        select case when o.sent_at is null then o.last_error end from outbox o
        where o.user_id = u.id and o.channel is not null order by o.id desc limit 1
      ) as "lastDirectReason"
    from "user" u where u.id = ${userId}`);
  return row ?? null;
}

/** What a link in a mail leads to: whether its person still gets mail of the group, and by whom it was sent. */
export async function getSubscription(
  db: Db,
  { userId, group }: { userId: number; group: NoticeGroup },
): Promise<{ mail: boolean; academy: string } | null> {
  const [row] = await db.execute<{ mail: boolean; academy: string }>(sql`
    select coalesce(p.mail, true) as mail,
      coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'your academy') as academy
    from "user" u left join notification_preference p on p.user_id = u.id and p.kind = ${group}
    where u.id = ${userId} and u.anonymised_at is null`);
  return row ?? null;
}
