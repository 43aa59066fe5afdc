import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import {
  DELETION_GRACE_DAYS,
  deletionOccasion,
  listDeletionsToRemind,
  REMINDER_HOURS,
  whenForPerson,
} from "@/db/queries/account-deletion";
import { outbox, user } from "@/db/schema";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { writeNotices } from "./outbox";
import { type LockedUser, lockUser, noSuchUser } from "./user-lock";

const HOUR_MS = 3_600_000;
/** With less time than this left, a reminder would come too late to change one's mind. */
const SHORTEST_NOTICE_MS = 12 * HOUR_MS;

const mayDecide = (actor: Actor): actor is Extract<Actor, { type: "user" }> =>
  actor.type === "user" && can(actor, "privacy.change");

const forbidden = () => failure("forbidden", "Students delete their own account, and nobody else’s.");

const eventOf = (self: LockedUser, action: string) => ({
  ...{ action, subjectType: "user", subjectId: self.id, label: self.name },
});

/**
 * Asks for one's own account to be deleted once the time of grace is over; the caller has made sure who asks. Asked for
 * already, it stays with that date.
 */
export const requestDeletion = (
  db: Database,
  actor: Actor,
  now: Date = new Date(),
): Promise<ActionResult<{ dueAt: Date }>> =>
  db.transaction(async (tx) => {
    if (!mayDecide(actor)) return forbidden();
    const self = await lockUser(tx, actor.id);
    if (!self || self.disabledAt) return noSuchUser();
    if (self.deletionDueAt) return ok({ dueAt: self.deletionDueAt });
    const dueAt = new Date(now.getTime() + DELETION_GRACE_DAYS * 24 * HOUR_MS);
    await setDue(tx, self.id, dueAt);
    await tell(tx, "deletion-requested", self.id, dueAt, now);
    await recordAudit(tx, actor, { ...eventOf(self, "user.request-deletion"), after: { dueAt: dueAt.toISOString() } });
    return ok({ dueAt });
  });

/**
 * Keeps one's account after all; mail about its deletion that has not left stays here. Whatever one has become meanwhile:
 * the mails promise it, and whose role was taken away is deleted like a student.
 */
export const cancelDeletion = (db: Database, actor: Actor): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (actor.type !== "user" || !can(actor, "profile.change")) return forbidden();
    const self = await lockUser(tx, actor.id);
    if (!self || self.disabledAt) return noSuchUser();
    if (!self.deletionDueAt) return ok();
    await setDue(tx, self.id, null);
    await dropUnsent(tx, self.id);
    await recordAudit(tx, actor, {
      ...eventOf(self, "user.keep-account"),
      before: { dueAt: self.deletionDueAt.toISOString() },
    });
    return ok();
  });

/**
 * Reminds those whose last day it is, each once. Where nothing ran when the reminder was due, the deletion waits until a
 * day after it: nobody is deleted who was not told the day before. Returns how many are to be told.
 */
export async function writeDeletionReminders(db: Database, actor: Actor, now: Date): Promise<number> {
  let told = 0;
  for (const id of await listDeletionsToRemind(db, now)) {
    told += await db.transaction((tx) => remind(tx, actor, id, now));
  }
  return told;
}

async function remind(tx: Db, actor: Actor, userId: number, now: Date): Promise<number> {
  const self = await lockUser(tx, userId);
  if (!self?.deletionDueAt || (await isReminded(tx, self.id, self.deletionDueAt))) return 0;
  if (isOfStaff(self)) {
    await keepAccountOfStaff(tx, actor, self);
    return 0;
  }
  let dueAt = self.deletionDueAt;
  if (dueAt.getTime() - now.getTime() < SHORTEST_NOTICE_MS) {
    dueAt = new Date(now.getTime() + REMINDER_HOURS * HOUR_MS);
    await setDue(tx, self.id, dueAt);
    await recordAudit(tx, actor, {
      ...eventOf(self, "user.postpone-deletion"),
      before: { dueAt: self.deletionDueAt.toISOString() },
      after: { dueAt: dueAt.toISOString() },
    });
  }
  return tell(tx, "deletion-tomorrow", self.id, dueAt, now);
}

/** Whether the reminder of this date has been written. */
export const isReminded = async (tx: Db, userId: number, dueAt: Date): Promise<boolean> =>
  (await tx.$count(
    outbox,
    and(eq(outbox.userId, userId), eq(outbox.kind, "deletion-tomorrow"), eq(outbox.occasion, deletionOccasion(dueAt))),
  )) > 0;

export const isOfStaff = ({ role }: Pick<LockedUser, "role">): boolean => role === "admin" || role === "instructor";

/** Somebody who has become staff meanwhile keeps the account: it is not theirs alone any more. */
export async function keepAccountOfStaff(tx: Db, actor: Actor, self: LockedUser): Promise<void> {
  await setDue(tx, self.id, null);
  await dropUnsent(tx, self.id);
  await recordAudit(tx, actor, {
    ...eventOf(self, "user.keep-account"),
    before: { dueAt: self.deletionDueAt?.toISOString() ?? null },
    after: { because: `${self.role} by now` },
  });
}

const setDue = (tx: Db, userId: number, dueAt: Date | null) =>
  tx
    .update(user)
    .set({ deletionDueAt: dueAt, version: sql`${user.version} + 1` })
    .where(eq(user.id, userId));

async function tell(
  tx: Db,
  kind: "deletion-requested" | "deletion-tomorrow",
  userId: number,
  dueAt: Date,
  now: Date,
): Promise<number> {
  const payload = await whenForPerson(tx, userId, dueAt, now);
  return (await writeNotices(tx, [{ userId, kind, occasion: deletionOccasion(dueAt), payload }])).length;
}

const dropUnsent = (tx: Db, userId: number) =>
  tx
    .update(outbox)
    .set({ notBefore: sql`'infinity'`, claimedUntil: null, lastError: "They keep their account." })
    .where(
      and(
        eq(outbox.userId, userId),
        inArray(outbox.kind, ["deletion-requested", "deletion-tomorrow"]),
        isNull(outbox.sentAt),
      ),
    );
