import { type SQL, sql } from "drizzle-orm";
import { groupOfKind, groupRules, noticeGroups } from "@/db/queries/notice-groups";
import { DIRECT_CHANNEL } from "@/db/queries/outbox";

/** Whether a bot is connected: a webhook writes to one channel and reaches nobody else. */
export const botConnected: SQL = sql`exists (select from setting where key = 'slack_webhook' and value ->> 'kind' = 'bot')`;

/** The row `p` of what a person chose about the kind of the notice in `of`. */
export const groupChosen = (of: string): SQL =>
  sql`p.user_id = ${sql.identifier(of)}.user_id and p.kind = ${groupOfKind(sql`${sql.identifier(of)}.kind`)}`;

const inSlack = sql.join(
  noticeGroups.filter((group) => groupRules[group].slack).map((group) => sql`${group}`),
  sql`, `,
);

/**
 * The insert of the same notices once more, as direct messages in Slack, to those who asked for them: of `written`, the
 * part of a statement that returns the rows which it has just written to be mailed. What a person heard of before is not
 * among those, so nobody gets a message for an old occasion because they ask for messages today.
 */
export const directCopies = (written: string): SQL => sql`
  insert into outbox (user_id, channel, kind, occasion, payload)
  select w.user_id, ${DIRECT_CHANNEL}, w.kind, w.occasion, w.payload
  from ${sql.identifier(written)} w
  join notification_preference p on ${groupChosen("w")}
  where p.slack and p.kind in (${inSlack}) and ${botConnected}
  on conflict do nothing`;
