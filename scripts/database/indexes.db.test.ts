import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import { INDEXES } from "@/db/indexes";
import { MIGRATIONS, migrate } from "@/db/migrate";
import { testSql } from "@/db/testing/database";
import { databaseUrl } from "@/db/testing/server";
import { ensureIndexes, foundIndexes, nameOf } from "./indexes";

const definitions = async () => (await foundIndexes(testSql())).map(({ definition }) => definition).toSorted();

describe("the list of indexes", () => {
  it("is what the migrations make", async () => {
    expect([...INDEXES].toSorted()).toEqual(await definitions());
  });

  it("is brought about on a database that lost one, kept half of one, and has an older one", async () => {
    const sql = testSql();
    await sql`drop index idx_demo_student`;
    await sql`drop index idx_user_name`;
    await sql`create index idx_user_name on "user" (lower(name), id)`;
    await sql`update pg_index set indisvalid = false where indexrelid = 'idx_note_student'::regclass`;
    await sql`create index idx_leftover_ccnew on note (student_id)`;
    await sql`update pg_index set indisvalid = false where indexrelid = 'idx_leftover_ccnew'::regclass`;

    const lines: string[] = [];
    await ensureIndexes(sql, INDEXES, (line) => lines.push(line));

    expect(await definitions()).toEqual([...INDEXES].toSorted());
    expect((await foundIndexes(sql)).filter(({ valid }) => !valid)).toEqual([]);
    const said = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.replace(/[\d.]+ s$/, "… s"));
    expect(said("idx_demo_student")).toEqual(["idx_demo_student: made in … s"]);
    expect(said("idx_user_name")).toEqual(["idx_user_name: made anew in … s"]);
    expect(said("idx_note_student")).toEqual([
      "idx_note_student: had been left half made, dropped",
      "idx_note_student: made in … s",
    ]);
    expect(said("idx_leftover_ccnew")).toEqual(["idx_leftover_ccnew: had been left half made, dropped"]);
    const untouched = INDEXES.map((each) => nameOf(each).name).filter((name) => said(name).join() === `${name}: there`);
    expect(untouched).toHaveLength(INDEXES.length - 3);
  });
});

/** The migrations up to this one, as an older release has them. */
function migrationsUpTo(last: number): string {
  const folder = mkdtempSync(join(tmpdir(), "cohort-migrations-"));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const journal = join(folder, "meta", "_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8")) as { entries: { idx: number }[] };
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.filter(({ idx }) => idx <= last) }));
  return folder;
}

it("indexes made before a migration do not stand in its way", async () => {
  const server = inject("testServerUrl");
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  const newest = (await testSql()`select count(*)::int as n from drizzle.__drizzle_migrations`)[0]?.n - 1;
  const made: string[] = [];
  const open = async (name: string, like = "template1") => {
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.unsafe(`create database ${name} template ${like}`);
    made.push(name);
    return databaseUrl(server, name);
  };
  try {
    let older = "template1";
    for (let last = 14; last < newest; last += 1) {
      const folder = migrationsUpTo(last);
      const name = `cohort_test_indexes_${last}`;
      await migrate(await open(name, older), folder);
      rmSync(folder, { recursive: true });
      older = name;
      const url = await open(`${name}_first`, name);
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      try {
        await ensureIndexes(sql, INDEXES, () => {});
        await migrate(url);
        expect((await foundIndexes(sql)).map(({ definition }) => definition).toSorted(), name).toEqual(
          [...INDEXES].toSorted(),
        );
      } finally {
        await sql.end();
      }
    }
  } finally {
    for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
});
