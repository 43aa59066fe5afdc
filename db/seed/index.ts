import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import type postgres from "postgres";
import type { Database, Db } from "@/db/client";
import { fillAcademy } from "./academy";
import type { SeedSize } from "./plan";

export { SEED_SIZES, type SeedSize } from "./plan";
export { DEMO_SIGN_INS } from "./staff";

const SEED_LOCK = 7_204_002;
// No letters that are taken for one another when typed from a screen.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz";
const PASSWORD_LETTERS = 12;

type SeedOptions = { size: SeedSize; now?: Date; authSecret: string; tokenKeys: string };

/** The password of the three demo sign-ins: derived from the installation's secret, so nobody needs to write it down. */
export function demoPassword(authSecret: string): string {
  const bytes = createHmac("sha256", authSecret).update("cohort demo sign-ins").digest();
  const letters = [...bytes.subarray(0, PASSWORD_LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `Cohort-${letters}-${10 + (bytes.readUInt8(PASSWORD_LETTERS) % 90)}`;
}

/** Whether nobody and nothing of an academy is there yet; settings and holidays may be. */
export async function isEmptyDatabase(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ empty: boolean }>(sql`
    select not exists (select from "user") and not exists (select from batch)
      and not exists (select from demo_session) as empty`);
  return row?.empty ?? false;
}

/**
 * Fills an empty, migrated database with a demo academy, all of it or (on any error) nothing.
 * Throws when it is not empty. `now` is the day around which everything is dated.
 */
export async function seed(
  db: Database,
  { size, now = new Date(), authSecret, tokenKeys }: SeedOptions,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
    if (!(await isEmptyDatabase(tx))) {
      throw new Error("This database already has people in it: demo data goes only into an empty one.");
    }
    await fillAcademy(tx, { size, now, password: demoPassword(authSecret), tokenKeys });
  });
  await vacuum(db);
}

/** Marks pages as all-visible, which index-only scans need, and counts what the planner asks for. */
async function vacuum(db: Database): Promise<void> {
  const { $client } = db as Database & { $client: postgres.Sql };
  const connection = await $client.reserve();
  try {
    await connection`set statement_timeout = 0`;
    await connection`vacuum (analyze)`;
  } finally {
    await connection`reset statement_timeout`;
    connection.release();
  }
}
