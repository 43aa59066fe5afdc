import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { enrolmentStatuses, userSortKeys } from "@/db/enums";
import { enrolment } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
import { listIds, listPage, listRows, streamRows } from "./list";
import { countUsersBy, listUsers, type UserConditions, type UserListRow, userSource } from "./user-list";

const NOW = new Date("2026-06-10T23:30:00Z"); // Already the 11th in Auckland, still the 10th in Chicago.
const ADMIN = { id: 0, role: "admin" } as const;
const BY_NAME = { key: "name", descending: false } as const;

/** The same numbers on every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

/** People of all kinds, with up to three enrolments around today, in zones where today differs. */
async function populate(tx: Db, people: number) {
  const next = numbers(7);
  const pick = <T>(from: readonly T[]): T => from[next.next().value % from.length] as T;
  const batches = [
    await createBatch(tx, { timeZone: "Pacific/Auckland" }),
    await createBatch(tx, { timeZone: "America/Chicago" }),
    await createBatch(tx, { timeZone: "UTC" }),
  ];
  for (let index = 0; index < people; index += 1) {
    const name = `Person ${pick(["a", "b", "c"])}`;
    const lastSignInAt = pick([null, new Date("2026-05-01T00:00:00Z"), new Date("2026-06-01T00:00:00Z")]);
    const disabledAt = pick([null, null, NOW]);
    if (index % 5 === 0) {
      await createUser(tx, { name, role: pick(["admin", "instructor", "user"]), lastSignInAt, disabledAt });
      continue;
    }
    const { id, studentId } = await createStudent(tx, { name, lastSignInAt, disabledAt });
    const days = ["2026-05-01", "2026-06-09", "2026-06-10", "2026-06-11", "2026-06-12", "2026-07-01"];
    const starts = days.filter(() => next.next().value % 3 === 0).slice(0, 3);
    for (const [place, fromDate] of starts.entries()) {
      await tx.insert(enrolment).values({
        studentId,
        batchId: pick(batches).id,
        status: pick(enrolmentStatuses),
        fromDate,
        toDate: starts[place + 1] ?? null,
      });
    }
    if (index % 3 === 0) await createConnection(tx, id, { status: pick(["active", "needs_reconnect"] as const) });
  }
  return batches;
}

const allPages = async (tx: Db, filters: Omit<Parameters<typeof listUsers>[1], "page" | "size">) => {
  const pages: UserListRow[] = [];
  let total = 0;
  for (let page = 1; page === 1 || pages.length < total; page += 1) {
    const found = await listUsers(tx, { ...filters, page, size: 20 }, ADMIN, NOW);
    total = found.total;
    if (found.rows.length === 0) break;
    pages.push(...found.rows);
  }
  return { rows: pages, total };
};

describe("a list", () => {
  it("puts each match on exactly one page, and its export has the same rows in the same order", async () => {
    await withRollback(testDb(), async (tx) => {
      await populate(tx, 70);
      for (const key of userSortKeys) {
        for (const descending of [false, true]) {
          const filters = { q: "", sort: { key, descending } };
          const source = userSource(filters, ADMIN, NOW);
          const { rows, total } = await allPages(tx, filters);
          const streamed: UserListRow[] = [];
          for await (const chunk of streamRows<UserListRow>(tx, source, { limit: 1_000, chunk: 7 }))
            streamed.push(...chunk);
          const what = `${key} ${descending}`;
          expect(total, what).toBe(70);
          expect(new Set(rows.map((row) => row.id)).size, what).toBe(70);
          expect(streamed, what).toEqual(rows);
          expect(await listIds(tx, source, 1_000), what).toEqual(rows.map((row) => row.id));
        }
      }
    });
  });

  it("exports what is selected in the list's order, and what is gone meanwhile is left out", async () => {
    await withRollback(testDb(), async (tx) => {
      const ids = [];
      for (const name of ["Cleo", "Ana", "Bo"]) ids.push((await createUser(tx, { name })).id);
      const [cleo = 0, ana = 0] = ids;
      const source = userSource({ q: "", sort: BY_NAME }, ADMIN, NOW);
      const only = new Set([cleo, ana]);
      const chunks = [];
      for await (const chunk of streamRows<UserListRow>(tx, source, { limit: 10, only })) chunks.push(...chunk);
      expect(chunks.map((row) => row.name)).toEqual(["Ana", "Cleo"]);
      expect((await listRows<UserListRow>(tx, source, [cleo, 2_000_000_000, ana])).map((row) => row.name)).toEqual([
        "Cleo",
        "Ana",
      ]);
      expect(await listIds(tx, source, 1)).toEqual([ana]);
    });
  });

  it("says the exact total on a page that has no rows", async () => {
    await withRollback(testDb(), async (tx) => {
      await createUser(tx);
      const source = userSource({ q: "", sort: BY_NAME }, ADMIN, NOW);
      expect(await listPage(tx, source, { page: 9, size: 20 })).toMatchObject({ rows: [], total: 1, page: 9 });
    });
  });
});

describe("filters by enrolment", () => {
  it("look at the very enrolment that a row shows, in whatever zone, and counts agree with rows", async () => {
    await withRollback(testDb(), async (tx) => {
      const batches = await populate(tx, 120);
      const everybody = (await allPages(tx, { q: "", sort: BY_NAME })).rows;
      const idsOf = async (filters: Partial<UserConditions>) =>
        (await allPages(tx, { q: "", sort: BY_NAME, ...filters })).rows.map((row) => row.id);
      const having = (holds: (row: UserListRow) => boolean) => everybody.filter(holds).map((row) => row.id);

      for (const status of enrolmentStatuses) {
        expect(await idsOf({ status }), status).toEqual(having((row) => row.enrolmentStatus === status));
        for (const { id, name } of batches) {
          expect(await idsOf({ status, batch: id })).toEqual(
            having((row) => row.enrolmentStatus === status && row.batchName === name),
          );
        }
        const linked = having((row) => row.enrolmentStatus === status && row.connectionStatus === "active");
        expect(await idsOf({ status, wakatime: "active" }), status).toEqual(linked);
        const enabled = having((row) => row.enrolmentStatus === status && row.disabledAt === null);
        expect(await idsOf({ status, account: "enabled", role: "student" }), status).toEqual(enabled);
      }

      const counted = async (facet: "status" | "batch", filters: Partial<UserConditions> = {}) =>
        Object.fromEntries(
          (await countUsersBy(tx, facet, { q: "", ...filters }, ADMIN, NOW)).map(({ label, count }) => [label, count]),
        );
      const tally = (rows: UserListRow[], of: (row: UserListRow) => string | null) => {
        const counts: Record<string, number> = {};
        for (const value of rows.map(of)) if (value) counts[value] = (counts[value] ?? 0) + 1;
        return counts;
      };
      expect(await counted("status")).toEqual(tally(everybody, (row) => row.enrolmentStatus));
      expect(await counted("batch")).toEqual(tally(everybody, (row) => row.batchName));
      // The facet's own filter is left aside, the others hold.
      expect(await counted("status", { status: "active", account: "enabled" })).toEqual(
        tally(
          everybody.filter((row) => row.disabledAt === null),
          (row) => row.enrolmentStatus,
        ),
      );
      expect(await counted("batch", { status: "active" })).toEqual(
        tally(
          everybody.filter((row) => row.enrolmentStatus === "active"),
          (row) => row.batchName,
        ),
      );
    });
  });
});
