import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeReminders } from "@/db/mutations/demo-reminders";
import { demoSession, demoSignup, enrolment, outbox, student, user } from "@/db/schema";
import { testDatabaseUrl, testDb } from "@/db/testing/database";
import { createBatch, createDemoSession } from "@/db/testing/factories";

const db = testDb();
const NOW = "2036-12-04T10:00:00Z";
const PEOPLE = 500;
let home: string;
let addresses: string[];

const folder = () => join(home, "mail");
const files = () => (existsSync(folder()) ? readdirSync(folder()).filter((name) => name.endsWith(".json")) : []);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "cohort-reminders-"));
  const session = await createDemoSession(db, { sessionDate: "2036-12-05", timeZone: "UTC", maxScheduled: null });
  const people = await db
    .insert(user)
    .values(
      Array.from({ length: PEOPLE }, (_, index) => ({
        name: `Presenter ${index}`,
        email: `presenter-${index}@example.test`,
        role: "student" as const,
      })),
    )
    .returning({ id: user.id, email: user.email });
  addresses = people.map(({ email }) => email).sort();
  const students = await db
    .insert(student)
    .values(people.map(({ id }) => ({ userId: id })))
    .returning({ id: student.id });
  const { id: batchId } = await createBatch(db);
  await db.insert(enrolment).values(students.map(({ id }) => ({ studentId: id, batchId, fromDate: "2026-01-05" })));
  await db.insert(demoSignup).values(students.map(({ id }) => ({ sessionId: session.id, studentId: id })));
});
beforeEach(async () => {
  await db.delete(outbox);
  await rm(folder(), { recursive: true, force: true });
});
afterAll(async () => {
  await db.delete(demoSession);
  await rm(home, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "lib/notify/testing/reminder.ts"], {
    env: {
      ...process.env,
      DATABASE_URL: testDatabaseUrl(),
      COHORT_HOME: home,
      JOBS_BACKEND: "off",
      NOW,
      SMTP_URL: "",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Kills a worker once it has got so far, and lets its claims end as time would. True when it was at work still. */
async function killOnce(so: () => boolean | Promise<boolean>): Promise<boolean> {
  const child = startWorker();
  const ended = once(child, "exit");
  while (child.exitCode === null && !(await so())) await sleep(2);
  child.kill("SIGKILL");
  await ended;
  await db.execute(sql`update outbox set claimed_until = now() where claimed_until > now()`);
  return child.signalCode === "SIGKILL";
}

async function workToTheEnd(): Promise<void> {
  const child = startWorker();
  await once(child, "exit");
  expect(child.exitCode).toBe(0);
}

const written = async () => {
  const [row] = await db.execute<{ n: number; sent: number }>(
    sql`select count(*)::int as n, count(sent_at)::int as sent from outbox`,
  );
  return row ?? { n: 0, sent: 0 };
};

/** Mail by SMTP, and what its senders can promise: sender-killed.db.test.ts. */
describe(`reminders of ${PEOPLE} people, the worker killed again and again`, () => {
  it("are one mail for each of them", async () => {
    // While it writes them, which is one statement: all of them are there, or none.
    expect(await killOnce(async () => (await written()).n > 0)).toBe(true);
    for (const many of [60, 300]) {
      expect(await killOnce(() => files().length >= many)).toBe(true);
    }
    expect(files().length).toBeLessThan(PEOPLE);
    await workToTheEnd();
    const mails = await Promise.all(
      files().map(
        async (name) => JSON.parse(await readFile(join(folder(), name), "utf8")) as { to: { address: string } },
      ),
    );
    expect(mails.map(({ to }) => to.address).sort()).toEqual(addresses);
    expect(await written()).toEqual({ n: PEOPLE, sent: PEOPLE });
    // And a tick later there is nothing to do.
    expect(await writeReminders(db, new Date(NOW))).toEqual({ people: 0, channels: 0 });
  });
});
