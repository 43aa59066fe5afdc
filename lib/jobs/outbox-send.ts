import { defineJob } from "./definition";

/** Sends what is due in the outbox. */
export const outboxSend = defineJob("outbox-send", async () => {});
