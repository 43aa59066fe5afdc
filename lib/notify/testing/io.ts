import type { Database } from "@/db/client";
import type { EnqueueOptions, JobIo } from "@/lib/jobs/definition";
import type { Mail, Mailer } from "../mailer";

/** What sending touches, with a queue that only remembers. */
export function createSendingIo(db: Database) {
  const asked: EnqueueOptions[] = [];
  const stop = new AbortController();
  const quiet = () => {};
  const io = {
    db,
    signal: stop.signal,
    log: { info: quiet, warn: quiet, error: quiet } as JobIo["log"],
    enqueue: (async (_db, _name, _payload, options) => {
      asked.push(options);
    }) as JobIo["enqueue"],
  };
  return { io, asked, stop };
}

/** Keeps what it is handed; `fail` says with what a mail is refused. */
export function createTestMailer(fail: (mail: Mail) => Error | null = () => null): Mailer & { mails: Mail[] } {
  const mails: Mail[] = [];
  return {
    mails,
    async send(mail) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const error = fail(mail);
      if (error) throw error;
      mails.push(mail);
    },
    close: () => {},
  };
}
