import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { listIds, listPage } from "@/db/queries/list";
import { countedUsers, totalsJson } from "@/db/queries/totals";
import { userSource } from "@/db/queries/user-list";
import { testDb, testSql, withRollback } from "@/db/testing/database";
import { createConnection } from "@/db/testing/factories";

const NOW = new Date("2026-06-10T12:00:00Z");
const ADMIN = { id: 0, role: "admin" } as const;

/** What is counted, by the triggers and by counting. */
async function counts(db: Db) {
  const [row] = await db.execute<{ totals: Record<string, number>; truth: Record<string, number> }>(sql`
    select ${totalsJson(sql`now()`)} as totals, (select json_build_object(
      'users', count(*), 'students', count(*) filter (where role = 'student'),
      'instructors', count(*) filter (where role = 'instructor'), 'admins', count(*) filter (where role = 'admin'),
      'activeBatches', 0, 'certificates', (select count(*) from certificate), 'demos', (select count(*) from demo),
      'usersWithWakatime', (select count(*) from connection))
    from "user" where anonymised_at is null) as truth`);
  if (!row) throw new Error("nothing was counted");
  return row;
}

const addUsers = (db: Db, howMany: number, role = "user") =>
  db.execute(sql`
    insert into "user" (email, name, role)
    select gen_random_uuid() || '@example.org', 'Person ' || n % 97, ${role}::role from generate_series(1, ${howMany}::int) n`);
const addStudents = async (db: Db, howMany: number) => {
  await addUsers(db, howMany, "student");
  await db.execute(sql`
    insert into student (user_id) select id from "user" where role = 'student' on conflict (user_id) do nothing`);
};

const STEPS: Record<string, (db: Db) => Promise<unknown>> = {
  addOne: (db) => addUsers(db, 1),
  addNone: (db) => addUsers(db, 0),
  addStudents: (db) => addStudents(db, 3),
  promote: (db) => db.execute(sql`update "user" set role = 'instructor' where id % 3 = 0 and role <> 'admin'`),
  rename: (db) => db.execute(sql`update "user" set name = 'Somebody'`),
  anonymise: (db) =>
    db.execute(sql`
      update "user" set anonymised_at = now(), disabled_at = now()
      where id = (select max(id) from "user" where anonymised_at is null and role <> 'admin')`),
  remove: (db) => db.execute(sql`delete from "user" where id = (select max(id) from "user" where role = 'user')`),
  connect: async (db) => {
    const [someone] = await db.execute<{ id: number }>(sql`
      select max(id) as id from "user" where not exists (select from connection c where c.user_id = "user".id)`);
    if (someone?.id) await createConnection(db, someone.id);
  },
  disconnect: (db) => db.execute(sql`delete from connection where id % 2 = 1`),
  demos: (db) => db.execute(sql`insert into demo (student_id, title) select id, 'A demo' from student`),
  fewerDemos: (db) => db.execute(sql`delete from demo where id % 2 = 0`),
  noDemos: (db) => db.execute(sql`truncate demo cascade`),
  nobody: (db) => db.execute(sql`truncate "user" cascade`),
  undone: (db) =>
    withRollback(db as ReturnType<typeof testDb>, async (inner) => {
      await addStudents(inner, 2);
    }),
  recounted: (db) => db.execute(sql`select recount_rows()`),
};

describe("counted rows", () => {
  it("are as many as there are, after whatever changed them", async () => {
    const names = fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(names, (steps) =>
        withRollback(testDb(), async (tx) => {
          for (const step of steps) await STEPS[step]?.(tx);
          const { totals, truth } = await counts(tx);
          expect(totals).toEqual(truth);
        }),
      ),
      { numRuns: 8, seed: 31 },
    );
  });

  it("stay few changes, and nobody waits for anybody to be counted", async () => {
    const sqlClient = testSql();
    const one = await sqlClient.reserve();
    const other = await sqlClient.reserve();
    const add = (client: typeof one) =>
      client`insert into "user" (email, name) values (gen_random_uuid() || '@example.org', 'Somebody')`;
    try {
      await one`set lock_timeout = '2s'`;
      await other`set lock_timeout = '2s'`;
      await one`begin`;
      await other`begin`;
      for (let n = 0; n < 100; n += 1) {
        await add(one);
        await add(other);
      }
      await one`commit`;
      await other`rollback`;
      for (let n = 0; n < 100; n += 1) await add(other);
    } finally {
      one.release();
      other.release();
    }
    const { totals, truth } = await counts(testDb());
    expect(totals).toEqual(truth);
    expect(totals.users).toBe(200);
    const [{ changes }] = await sqlClient<[{ changes: number }]>`select count(*)::int as changes from row_count`;
    expect(changes).toBeLessThan(140);
    await sqlClient`truncate "user" cascade`;
  });

  it("lead to the end of a long list from behind, in the same order", () =>
    withRollback(testDb(), async (tx) => {
      await addUsers(tx, 4_130);
      const keys = ["name", "email", "joined", "signedIn"] as const;
      for (const sort of keys.flatMap((key) => [true, false].map((descending) => ({ key, descending })))) {
        const source = userSource({ q: "", sort }, ADMIN, NOW);
        const all = await listIds(tx, source, 10_000);
        for (const page of [100, 102, 104, 105, 206, 207, 208]) {
          const found = await listPage<{ id: number }>(tx, source, { page, size: 20 });
          expect(found.total).toBe(4_130);
          expect(found.rows.map(({ id }) => id)).toEqual(all.slice((page - 1) * 20, page * 20));
        }
      }
      const [row] = await tx.execute<{ n: number }>(sql`select ${countedUsers("user")} as n`);
      expect(row?.n).toBe(4_130);
    }));
});
