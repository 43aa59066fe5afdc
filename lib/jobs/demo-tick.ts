import { writeReminders } from "@/db/mutations/demo-reminders";
import { createDueSessions } from "@/db/mutations/demo-session-rule";
import { settleUpcomingSessions } from "@/db/mutations/signup-settle";
import type { Actor } from "@/lib/auth/permissions";
import { askToSend } from "@/lib/notify/notify";
import { defineJob } from "./definition";

/**
 * Every half hour: takes those out of sessions to come whose last day has passed and hands their places on, reminds of the
 * sessions of the next day, and creates those that the weekly rule has come to. Done again it finds nothing to do.
 */
export const demoTick = defineJob("demo-tick", async (_payload, { db, now, log, enqueue }) => {
  const actor: Actor = { type: "system", job: "demo-tick" };
  try {
    const settled = await settleUpcomingSessions(db, actor, now());
    const reminders = await writeReminders(db, now());
    const { created } = await createDueSessions(db, actor, now());
    if (reminders.people > 0 || created > 0 || settled.withdrawn > 0 || settled.promoted > 0) {
      log.info({ ...reminders, ...settled, created }, "demo sessions");
    }
  } finally {
    // What was written before something failed is sent all the same.
    await askToSend(db, enqueue);
  }
});
