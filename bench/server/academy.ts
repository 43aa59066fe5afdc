import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { createDb, type Database } from "@/db/client";
import { openSession } from "@/db/mutations/session";
import { getAccountByEmail } from "@/db/queries/account";
import { seed } from "@/db/seed";
import { SESSION_COOKIE, signSessionId } from "@/lib/auth/session-token";
import { log } from "@/lib/observability/log";
import { prepareSchema } from "@/scripts/database/schema";
import { databaseState } from "@/scripts/database/state";
import { Fault } from "@/scripts/home/fault";
import { PROJECT_ROOT, readJson, writeJson } from "@/scripts/home/home";
import { takeLock } from "@/scripts/home/lock";
import { loadSecrets, type Secrets } from "@/scripts/home/secrets";
import { startEmbedded } from "@/scripts/postgres/embedded";
import { step } from "@/scripts/start/step";
import { onStop } from "@/scripts/start/stopping";

export const SIZES = ["1k", "10k", "100k"] as const;
export type Size = (typeof SIZES)[number];

/** What addresses are made of, and who asks for them. */
export type People = {
  admin: { id: number; cookie: string };
  student: { studentId: number; cookie: string };
  /** A batch that runs now. */
  batchId: number;
  /** Pages of twenty in the whole list of users. */
  userPages: number;
};

export type Academy = { home: string; databaseUrl: string; secrets: Secrets; people: People };

const PAGE_SIZE = 20;
const FRESH_MS = 3 * 86_400_000;

/** The folder of one size, in which its database is kept: seeded once, used by every later measurement. */
export function homeOf(size: Size, given: string | undefined): string {
  const home = given ?? join(PROJECT_ROOT, ".cohort", "bench", size);
  mkdirSync(join(home, "logs"), { recursive: true });
  // The unprivileged Postgres user passes through it.
  chmodSync(home, 0o711);
  return home;
}

/** Postgres with the academy of this size, seeded on first use and migrated on each; stopped with everything else. */
export async function provideAcademy(size: Size, home: string): Promise<Academy> {
  const lock = takeLock(home, "npm run bench");
  if (typeof lock !== "function") throw new Fault(`${home} is in use by ${lock.what} (process ${lock.pid}).`);
  onStop("lock", lock);
  const secrets = loadSecrets(home);
  const postgres = await startEmbedded(home);
  onStop("database", () => postgres.stop());
  // Filling and counting take their time: nobody needs to be warned of that.
  log.level = "error";
  const isNew = (await databaseState(postgres.url)) === "empty";
  await prepareSchema(postgres.url);
  const { db, close } = createDb(postgres.url, { max: 2, name: "cohort-bench" });
  try {
    if (isNew)
      await step(`Filling the ${size} academy (once)`, () =>
        seed(db, { size, authSecret: secrets.authSecret, tokenKeys: secrets.wakatimeTokenKeys }),
      );
    await db.execute(sql`analyze`);
    tellAge(home, isNew);
    return { home, databaseUrl: postgres.url, secrets, people: await findPeople(db, secrets) };
  } finally {
    await close();
  }
}

/** The days of an academy end on the day it was filled: pages of an old one show an empty week. */
function tellAge(home: string, isNew: boolean): void {
  const file = join(home, "filled.json");
  if (isNew) writeJson(file, { at: new Date().toISOString() });
  const at = readJson<{ at: string }>(file)?.at;
  if (!at || Date.now() - Date.parse(at) < FRESH_MS) return;
  console.log(
    `This academy was filled on ${at.slice(0, 10)}, so its last week is over: remove ${home} to fill it anew.`,
  );
}

async function findPeople(db: Database, { authSecret }: Secrets): Promise<People> {
  const signIn = async (email: string) => {
    const account = await getAccountByEmail(db, email);
    if (!account) throw new Error(`Nobody here has the address ${email}.`);
    const sid = await openSession(db, account.id, { ip: null, userAgent: "bench" });
    return { id: account.id, cookie: `${SESSION_COOKIE}=${await signSessionId(sid, authSecret)}` };
  };
  const admin = await signIn("admin@cohort.test");
  const student = await signIn("student@cohort.test");
  const [found] = await db.execute<{ studentId: number; batchId: number; users: number }>(sql`
    select s.id as "studentId", e.batch_id as "batchId", (select count(*)::int from "user") as users
    from student s join enrolment e on e.student_id = s.id
    where s.user_id = ${student.id} order by e.from_date desc limit 1`);
  if (!found) throw new Error("The student has no batch.");
  const { studentId, batchId, users } = found;
  return { admin, student: { ...student, studentId }, batchId, userPages: Math.ceil(users / PAGE_SIZE) };
}
