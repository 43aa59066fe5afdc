import { describe, expect, it } from "vitest";
import { INDEXES } from "@/db/indexes";
import { testSql } from "@/db/testing/database";
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
