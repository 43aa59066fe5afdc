import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { leaseInGroups } from "./sync-leases";
import { runLab } from "./testing/run-lab";

const lab = runLab(60_000);
const { db } = lab;
const window = { now: lab.clock };

const held = async (owner: string) =>
  (await db.execute<{ user_id: number }>(sql`select user_id from connection where lease_owner = ${owner}`)).map(
    (row) => row.user_id,
  );

it("a group asked for ahead of its turn that the database refuses is asked for again", async () => {
  const userIds = (await lab.people(20)).map((person) => person.userId);
  const refused = userIds[17] ?? 0;
  await db.execute(sql`
    create function refuse_lease() returns trigger language plpgsql as $$
    begin raise exception 'not now'; end $$`);
  await db.execute(
    sql.raw(`create trigger refuse_lease before update of lease_owner on connection
             for each row when (new.user_id = ${refused}) execute function refuse_lease()`),
  );
  const leases = leaseInGroups(userIds, { db, owner: "run:1:ahead", window });
  const taken: (number | undefined)[] = [];
  try {
    // The first group is of sixteen; the second is asked for when four of it are left, and nobody waits for that.
    for (let turn = 0; turn < 13; turn++) taken.push((await leases.take())?.userId);
    await wait(200);
    expect(await held("run:1:ahead")).toHaveLength(16);
  } finally {
    await db.execute(sql`drop function refuse_lease cascade`);
  }
  for (let next = await leases.take(); next; next = await leases.take()) taken.push(next.userId);
  expect(taken).toEqual(userIds);
});

it("gives back whom nobody took, and holds none of them any more", async () => {
  const userIds = (await lab.people(20)).map((person) => person.userId);
  const leases = leaseInGroups(userIds, { db, owner: "run:1:back", window });
  const first = await leases.take();
  expect(await leases.giveBack()).toEqual(userIds.slice(1));
  expect(await held("run:1:back")).toEqual([first?.userId]);
  expect(await leases.take()).toBeUndefined();
});
