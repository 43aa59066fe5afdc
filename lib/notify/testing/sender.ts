import { createDb } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { configuredMailer } from "../configured-mailer";
import { drainOutbox } from "../drain";
import type { Mailer } from "../mailer";
import { createSendingIo } from "./io";

/**
 * A sender as a process of its own, to be killed: it stops for good `before` handing the mail over or `after`, and
 * says so on its output.
 */
const [when] = process.argv.slice(2);
const { db } = createDb(requireEnv("DATABASE_URL"), { max: 2, name: "cohort-test-sender" });
const real = (await configuredMailer()) as Mailer;

const forEver = (said: string) =>
  new Promise<never>(() => {
    process.stdout.write(`${said}\n`);
    setInterval(() => {}, 60_000);
  });

const mail: Mailer = {
  async send(each) {
    if (when === "before") await forEver("claimed");
    await real.send(each);
    await forEver("handed over");
  },
  close: () => {},
};
await drainOutbox(createSendingIo(db).io, { mail });
