import { and, eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { groupRules, type NoticeGroup } from "@/db/queries/notice-groups";
import { UNCHOSEN } from "@/db/queries/notification-preferences";
import { notificationPreference } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { botConnected } from "./direct-copies";
import { type LockedUser, lockUser, noSuchUser } from "./user-lock";

export type PreferenceWay = "mail" | "slack";
export type Preference = { group: NoticeGroup; way: PreferenceWay; on: boolean };

const ALWAYS = "Mail of this kind is always sent.";
const MAIL_ONLY = "This goes by mail alone.";
const NO_BOT = "The academy has no bot in Slack that could write to you.";

/** Switches one way of being told of one matter, for oneself. The others stay as they are. */
export const changePreference = (
  db: Database,
  actor: Actor,
  userId: number,
  { group, way, on }: Preference,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const isOwn = actor.type === "system" || actor.id === userId;
    const person = isOwn && can(actor, "notification.change") ? await lockUser(tx, userId) : null;
    if (!person) return noSuchUser();
    const { mail, slack } = groupRules[group];
    if (way === "mail" && mail === "always") return failure("invalid", ALWAYS);
    if (way === "slack" && !slack) return failure("invalid", MAIL_ONLY);
    if (way === "slack" && on && !(await hasBot(tx))) return failure("conflict", NO_BOT);
    await write(tx, actor, person, { group, way, on });
    return ok();
  });

/**
 * Switches mail of a group for whoever holds the signed link from such a mail: they need not be signed in, and nothing
 * else follows from the link. A second time changes nothing.
 */
export const changePreferenceByLink = (
  db: Database,
  { userId, group }: { userId: number; group: NoticeGroup },
  on: boolean,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    const person = await lockUser(tx, userId);
    if (!person || person.anonymisedAt) return noSuchUser();
    if (groupRules[group].mail === "always") return failure("invalid", ALWAYS);
    await write(tx, { type: "user", id: userId, role: person.role }, person, { group, way: "mail", on }, "link");
    return ok();
  });

async function hasBot(tx: Db): Promise<boolean> {
  const [row] = await tx.execute<{ connected: boolean }>(sql`select ${botConnected} as connected`);
  return row?.connected ?? false;
}

/** The person is locked: two switches that are pressed at once follow each other. */
async function write(tx: Db, actor: Actor, person: LockedUser, { group, way, on }: Preference, by?: "link") {
  const { userId, kind, mail, slack } = notificationPreference;
  const [found] = await tx
    .select({ mail, slack })
    .from(notificationPreference)
    .where(and(eq(userId, person.id), eq(kind, group)));
  const before = found ?? UNCHOSEN;
  if (before[way] === on) return;
  await tx
    .insert(notificationPreference)
    .values({ userId: person.id, kind: group, ...UNCHOSEN, [way]: on })
    .onConflictDoUpdate({ target: [userId, kind], set: { [way]: on, updatedAt: sql`now()` } });
  await recordAudit(tx, actor, {
    ...{ action: "notification.change", subjectType: "user", subjectId: person.id, label: person.name },
    before: { about: group, [way]: before[way] },
    after: { about: group, [way]: on, ...(by && { by }) },
  });
}
