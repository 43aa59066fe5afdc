import { and, eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { getBatchByRegistrationKey } from "@/db/queries/account";
import { batch, enrolment, keyUse, student, user } from "@/db/schema";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import type { NewLink } from "@/lib/notify/link-token";
import { recordAudit } from "./audit";
import { type Device, openSession } from "./session";
import { lockUser } from "./user-lock";
import { mailLink } from "./user-token";

type NewAccount = {
  name: string;
  email: string;
  phone?: string | undefined;
  timeZone?: string | undefined;
  passwordHash: string;
  /** What the mail that confirms the address will lead to. */
  verifyLink: NewLink;
};

type SignedUp = ActionResult<{ userId: number; sid: string }>;

const KEY_REFUSED = "This registration key does not open a batch. Ask your academy for a current one.";

const keyRefused = () => failure("invalid", KEY_REFUSED, { fields: { registrationKey: KEY_REFUSED } });

const BATCH_FULL = "Your batch has no place left. Please ask your academy what to do.";

const batchFull = () => failure("conflict", BATCH_FULL, { fields: { registrationKey: BATCH_FULL } });

async function insertUser(tx: Db, { verifyLink, ...account }: NewAccount, role: "user" | "student") {
  const [row] = await tx
    .insert(user)
    .values({ ...account, role })
    .returning({ id: user.id });
  if (!row) throw new Error("inserting a user returned no row");
  await recordAudit(
    tx,
    { type: "user", id: row.id, role },
    {
      action: "user.sign-up",
      subjectType: "user",
      subjectId: row.id,
      label: account.name,
      after: { role },
    },
  );
  await mailLink(tx, { userId: row.id, kind: "verify", email: account.email }, verifyLink);
  return row.id;
}

/** Turns the unique index on e-mail into an answer beside the field; everything else is thrown on. */
async function refusingTakenEmail(run: () => Promise<SignedUp>): Promise<SignedUp> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) !== "idx_user_email") throw error;
    const message = "There is an account with this e-mail address already. Sign in instead.";
    return failure("conflict", message, { fields: { email: message } });
  }
}

/** A plain sign-up: role `user`, signed in at once. */
export const signUp = (db: Database, account: NewAccount, device: Device): Promise<SignedUp> =>
  refusingTakenEmail(() =>
    db.transaction(async (tx) => {
      const userId = await insertUser(tx, account, "user");
      return ok({ userId, sid: await openSession(tx, userId, device) });
    }),
  );

/** The batch that `key` opens, its row locked: uses and places stay exact when a whole classroom signs up at once. */
async function lockBatchOpenedBy(tx: Db, key: string) {
  await tx.select({ id: batch.id }).from(batch).where(eq(batch.registrationKey, key)).for("update");
  return getBatchByRegistrationKey(tx, key);
}

type OpenedBatch = NonNullable<Awaited<ReturnType<typeof getBatchByRegistrationKey>>>;

async function enrolByKey(tx: Db, userId: number, opened: OpenedBatch): Promise<void> {
  const [row] = await tx.insert(student).values({ userId }).returning({ id: student.id });
  if (!row) throw new Error("inserting a student returned no row");
  await tx.insert(enrolment).values({
    studentId: row.id,
    batchId: opened.id,
    fromDate: sql`greatest(${opened.startDate}::date, (now() at time zone ${opened.timeZone})::date)`,
  });
  await tx.insert(keyUse).values({ batchId: opened.id, userId });
  await recordAudit(
    tx,
    { type: "user", id: userId, role: "student" },
    {
      action: "student.enrol",
      subjectType: "user",
      subjectId: userId,
      label: opened.name,
      after: { batch: opened.name },
    },
  );
}

/** A student's sign-up by registration key: user, student and enrolment together or not at all; signed in at once. */
export const signUpStudent = (db: Database, account: NewAccount, key: string, device: Device): Promise<SignedUp> =>
  refusingTakenEmail(() =>
    db.transaction(async (tx) => {
      const opened = await lockBatchOpenedBy(tx, key);
      if (!opened) return keyRefused();
      if (opened.isFull) return batchFull();
      const userId = await insertUser(tx, account, "student");
      await enrolByKey(tx, userId, opened);
      return ok({ userId, sid: await openSession(tx, userId, device) });
    }),
  );

/** A waiting user (role `user`) becomes a student of the batch that the key opens. Students cannot use it to move. */
export const redeemRegistrationKey = (db: Database, userId: number, key: string): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    // Before the batch, as everybody else who enrols somebody does.
    await lockUser(tx, userId);
    const opened = await lockBatchOpenedBy(tx, key);
    if (!opened) return keyRefused();
    if (opened.isFull) return batchFull();
    const [former] = await tx.select({ id: student.id }).from(student).where(eq(student.userId, userId));
    if (former) return failure("conflict", "You have been a student here before: staff can enrol you again.");
    const [changed] = await tx
      .update(user)
      // Whoever has this account open to edit it is told.
      .set({ role: "student", version: sql`${user.version} + 1` })
      .where(and(eq(user.id, userId), eq(user.role, "user")))
      .returning({ id: user.id });
    if (!changed) return failure("conflict", "This account is past the waiting page already.");
    await enrolByKey(tx, userId, opened);
    return ok();
  });
