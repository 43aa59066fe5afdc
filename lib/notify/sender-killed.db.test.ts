import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeNotices } from "@/db/mutations/outbox";
import { listNewestNotices } from "@/db/queries/outbox";
import { outbox } from "@/db/schema";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import { drainOutbox } from "./drain";
import { fileMailer, readFiledMail } from "./file-mailer";
import { mailKey } from "./mailer";
import { smtpMailer } from "./smtp-mailer";
import { createSendingIo } from "./testing/io";
import { startSmtpServer } from "./testing/smtp";

const db = testDb();
const FROM = "Heron <mail@heron.example>";
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "cohort-mail-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));
beforeEach(async () => {
  await db.delete(outbox);
  await rm(join(home, "mail"), { recursive: true, force: true });
});

async function writeOne(values: Parameters<typeof createUser>[1] = {}) {
  const person = await createUser(db, values);
  await writeNotices(db, [{ userId: person.id, kind: "wakatime-reconnect", occasion: "test" }]);
  return person;
}

/** Starts a sender of its own, kills it once it has said `said`, and lets its claim end. */
async function killSender(when: "before" | "after", variables: Record<string, string>): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "lib/notify/testing/sender.ts", when], {
    env: { ...process.env, DATABASE_URL: testDatabaseUrl(), SMTP_URL: "", COHORT_HOME: home, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!child.stdout) throw new Error("The sender has no output.");
  const [said] = await once(child.stdout, "data");
  expect(String(said)).toBe(when === "before" ? "claimed\n" : "handed over\n");
  child.kill("SIGKILL");
  await once(child, "exit");
  // Nobody else gets it before the claim ends.
  expect(await drainOutbox(createSendingIo(db).io, { mail: fileMailer(join(home, "mail")) })).toEqual({ sent: 0 });
  const ended = await db.execute(sql`update outbox set claimed_until = now() where claimed_until > now() returning id`);
  expect(ended).toHaveLength(1);
}

describe("mail to files", () => {
  it.each(["before", "after"] as const)("is one file after a sender was killed %s handing over", async (when) => {
    const person = await writeOne();
    await killSender(when, {});
    expect(await drainOutbox(createSendingIo(db).io, { mail: fileMailer(join(home, "mail")) })).toEqual({ sent: 1 });
    const files = await readdir(join(home, "mail"));
    expect(files).toHaveLength(1);
    const file = join(home, "mail", files[0] ?? "");
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ to: { address: person.email } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, "mail"))).mode & 0o777).toBe(0o700);
    const [notice] = await listNewestNotices(db, 1);
    expect(notice?.state).toBe("sent");
    const filed = await readFiledMail(join(home, "mail"), mailKey(notice?.identity ?? ""));
    expect(filed?.subject).toBe("Please connect WakaTime again");
  });
});

describe("mail by SMTP", () => {
  it.each(["before", "after"] as const)("is one message after a sender was killed %s handing over", async (when) => {
    const server = await startSmtpServer();
    await writeOne();
    await killSender(when, { SMTP_URL: server.url(), MAIL_FROM: FROM });
    const mail = smtpMailer({ url: server.url(), from: FROM });
    expect(await drainOutbox(createSendingIo(db).io, { mail })).toEqual({ sent: 1 });
    mail.close();
    expect(server.received).toHaveLength(when === "after" ? 2 : 1);
    const ids = new Set(server.received.map(({ messageId }) => messageId));
    expect([...ids]).toEqual([expect.stringMatching(/^<[0-9a-f]{24}@heron\.example>$/)]);
    await server.close();
  });

  it("lets nobody's name write a header or add a recipient", async () => {
    const server = await startSmtpServer();
    const person = await writeOne({ name: 'Ada\r\nBcc: all@example.test\r\n\r\n<b>"hi"</b>, eve@example.test' });
    const mail = smtpMailer({ url: server.url(), from: FROM });
    await drainOutbox(createSendingIo(db).io, { mail });
    mail.close();
    const [message] = server.received;
    expect(message?.recipients).toEqual([person.email]);
    const headers = message?.raw.split("\r\n\r\n")[0] ?? "";
    expect(headers).not.toMatch(/^bcc:/im);
    expect(headers.match(/^to:/gim)).toHaveLength(1);
    expect(headers).toMatch(/^From: Heron <mail@heron\.example>$/m);
    await server.close();
  });

  it("fails in words when the password is wrong or nobody listens, and neither shows in the outbox", async () => {
    const server = await startSmtpServer();
    await writeOne();
    const refused = smtpMailer({ url: server.url("ada:hunter2@"), from: FROM });
    await drainOutbox(createSendingIo(db).io, { mail: refused });
    refused.close();
    const [notice] = await listNewestNotices(db, 1);
    expect(notice).toMatchObject({ state: "retrying", reason: expect.stringContaining("535") });
    expect(JSON.stringify(notice)).not.toContain("hunter2");
    await server.close();

    await db.execute(sql`update outbox set not_before = now()`);
    const nobody = smtpMailer({ url: server.url(), from: FROM });
    await drainOutbox(createSendingIo(db).io, { mail: nobody });
    nobody.close();
    expect((await listNewestNotices(db, 1))[0]?.reason).toMatch(/ECONNREFUSED|ESOCKET|ECONNECTION/);
  });
});
