import { expect, it } from "vitest";
import { testSql } from "@/db/testing/database";
import { recountRows } from "./recount";

it("counting anew gives way to whoever writes meanwhile, and counts what they wrote", async () => {
  const sql = testSql();
  const writer = await sql.reserve();
  const add = () => writer`insert into "user" (email, name) values (gen_random_uuid() || '@example.org', 'Somebody')`;
  const isWaiting = async () =>
    (
      await sql`
        select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
        where not l.granted and l.relation = 'certificate'::regclass`
    ).length > 0;
  try {
    await writer`begin`;
    // Counting locks the accounts first; then it waits for this, and this waits for the accounts.
    await writer`lock table certificate in row exclusive mode`;
    const counted = recountRows(sql);
    await expect.poll(isWaiting, { interval: 5 }).toBe(true);
    await add();
    await writer`commit`;
    await counted;
  } finally {
    writer.release();
  }
  const [row] = await sql`
    select (select sum(delta)::int from row_count where counted = 'role:user') as counted,
      (select count(*)::int from "user" where role = 'user') as truth`;
  expect(row?.counted).toBe(row?.truth);
  expect(row?.truth).toBe(1);
});
