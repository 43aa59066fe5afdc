import { writeDeletionReminders } from "@/db/mutations/account-deletion";
import { closeAccount } from "@/db/mutations/account-deletion-close";
import { erasePerson, finishDeletion } from "@/db/mutations/account-deletion-erase";
import { forgetOwnNames } from "@/db/mutations/account-deletion-names";
import { listDueDeletions, listNoticeIdentities } from "@/db/queries/account-deletion";
import type { Actor } from "@/lib/auth/permissions";
import { removeFiledMail } from "@/lib/notify/file-mailer";
import { mailKey, mailTransport } from "@/lib/notify/mailer";
import { askToSend } from "@/lib/notify/notify";
import { describeError } from "@/lib/observability/describe-error";
import { isWakatimeConfigured } from "@/lib/wakatime/access";
import { endConnection } from "@/lib/wakatime/connection-end";
import { defineJob, type JobIo } from "./definition";

/** Well before the engine gives the job to somebody else; who is left comes at the next tick. */
const LONGEST_MS = 200_000;

const ACTOR: Actor = { type: "system", job: "account-tick" };

type Step = (io: JobIo, userId: number) => Promise<unknown>;

/**
 * After the account is closed, in this order. Each can be done again, so whoever was interrupted goes on by beginning anew;
 * the last one takes the account off the list of those that are due.
 */
export const deletionSteps: Step[] = [
  ({ db, wakatime }, id) =>
    endConnection({
      ...{ db, by: ACTOR, history: "keep", viewer: { id, name: `user ${id}`, role: "student" } },
      access: isWakatimeConfigured() ? wakatime() : null,
    }),
  ({ db }, id) => forgetOwnNames(db, id),
  ({ db }, id) => removeMailFiles(db, id),
  ({ db }, id) => erasePerson(db, id),
  ({ db }, id) => finishDeletion(db, ACTOR, id),
];

/**
 * Every half hour: reminds those whose account is deleted within a day, and deletes the accounts whose time of grace is
 * over. One that fails leaves the others alone, and is tried again.
 */
export const accountTick = defineJob("account-tick", async (_payload, io) => {
  const { db, now, log, signal, enqueue } = io;
  const failed: unknown[] = [];
  try {
    const reminded = await writeDeletionReminders(db, ACTOR, now());
    const startedAt = performance.now();
    let deleted = 0;
    for (const userId of await listDueDeletions(db, now())) {
      signal.throwIfAborted();
      if (performance.now() - startedAt > LONGEST_MS) break;
      try {
        if (await deleteAccount(io, userId)) deleted++;
      } catch (error) {
        failed.push(error);
        log.warn({ user: userId, ...describeError(error) }, "an account could not be deleted yet");
      }
    }
    if (reminded > 0 || deleted > 0) log.info({ reminded, deleted }, "accounts");
  } finally {
    // Places that were handed on are told, also where something failed afterwards.
    await askToSend(db, enqueue);
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} accounts could not be deleted yet`);
});

async function deleteAccount(io: JobIo, userId: number): Promise<boolean> {
  if (!(await closeAccount(io.db, ACTOR, userId, io.now()))) return false;
  for (const step of deletionSteps) {
    io.signal.throwIfAborted();
    await step(io, userId);
  }
  return true;
}

/** Without a mail server, mail that was sent lies in files: with the address and the name. */
async function removeMailFiles(db: JobIo["db"], userId: number): Promise<void> {
  const transport = mailTransport();
  if (transport.by !== "files") return;
  await removeFiledMail(transport.folder, (await listNoticeIdentities(db, userId)).map(mailKey));
}
