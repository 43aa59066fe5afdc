import { drainOutbox } from "@/lib/notify/drain";
import { defineJob } from "./definition";

/** Sends what is due in the outbox. */
export const outboxSend = defineJob("outbox-send", async (_payload, io) => {
  await drainOutbox(io);
});
