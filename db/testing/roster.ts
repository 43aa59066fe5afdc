import { beforeAll } from "vitest";
import { importRoster } from "@/db/mutations/roster";
import { judgeRoster } from "@/db/queries/roster";
import { testDb, testSql } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { newLink } from "@/lib/notify/link-token";
import { digestOf } from "@/lib/roster/digest";
import { countVerdicts } from "@/lib/roster/dry-run";
import { readRoster } from "@/lib/roster/read";

/** For the tests of the import of a roster: the database, and an admin who imports. */
export const db = testDb();
export let admin: Actor;

const TABLES = ["user", "student", "enrolment", "assignment", "user_token", "outbox"];

beforeAll(async () => {
  admin = { type: "user", id: (await createUser(db, { role: "admin" })).id, role: "admin" };
});

function rowsOf(content: Buffer | string) {
  const roster = readRoster(Buffer.from(content), {});
  if (!roster.ok) throw new Error(roster.message);
  return roster.data;
}

/** What the file would do, as the page shows it. */
export const dryRun = async (content: Buffer | string, batchId: number | null = null) => {
  const { rows, file } = rowsOf(content);
  const judged = await judgeRoster(db, rows, batchId);
  return { rows, file, judged, batchId, digest: digestOf(judged), counts: countVerdicts(judged) };
};

type DryRun = Awaited<ReturnType<typeof dryRun>>;

/** Does what a dry run has promised, as the admin where nobody else is named. */
export async function apply({ rows, batchId, digest }: DryRun, { invite = false, actor = admin } = {}) {
  const link = invite ? () => newLink("invite") : null;
  const result = await importRoster(db, actor, { rows, batchId, digest, label: "list.csv", newLink: link });
  if (!result.ok) throw new Error(result.message);
  return result.data;
}

/** Which version of every row there is: writing a row again changes it, though nothing in it changes. */
export const rowVersions = async () => {
  const found: Record<string, unknown> = {};
  for (const table of TABLES) {
    const [row] = await testSql()`
      select count(*)::int as rows, md5(string_agg(id::text || ':' || xmin::text, ',' order by id)) as versions
      from ${testSql()(table)}`;
    found[table] = row;
  }
  return found;
};
