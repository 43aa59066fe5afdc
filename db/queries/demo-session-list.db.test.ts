import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { type SignupStatus, sessionSortKeys } from "@/db/enums";
import { setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { countDemoSessionsBy, type DemoSessionFilters, demoSessionSource, listDemoSessions } from "./demo-session-list";
import { listIds } from "./list";

// 04:00 UTC on the 12th: still the evening of the 11th in Chicago, the 12th in Lisbon.
const NOW = new Date("2026-06-12T04:00:00Z");
const BASE: DemoSessionFilters = { page: 1, size: 20, q: "", sort: { key: "nearest", descending: false } };

const signUp = async (tx: Db, sessionId: number, ...statuses: SignupStatus[]) => {
  for (const status of statuses) await createSignup(tx, sessionId, (await createStudent(tx)).studentId, status);
};

const titles = async (tx: Db, filters: Partial<DemoSessionFilters> = {}) => {
  const { rows, total } = await listDemoSessions(tx, { ...BASE, ...filters }, NOW);
  return { titles: rows.map((row) => row.title), total };
};

/** One of each state, whose title it bears. */
async function oneOfEach(tx: Db) {
  await createDemoSession(tx, { sessionDate: "2026-06-05", title: "past", maxScheduled: 1 });
  const full = await createDemoSession(tx, { sessionDate: "2026-06-19", title: "full", maxScheduled: 2 });
  await createDemoSession(tx, { sessionDate: "2026-06-26", title: "closed", isActive: false });
  await createDemoSession(tx, { sessionDate: "2026-07-03", title: "cancelled", isCancelled: true });
  const open = await createDemoSession(tx, { sessionDate: "2026-07-10", title: "open", maxScheduled: null });
  await signUp(tx, full.id, "scheduled", "no_show", "waitlisted");
  await signUp(tx, open.id, "scheduled", "scheduled", "cancelled");
  return { full, open };
}

describe("the list of demo sessions", () => {
  it("says of each session what it is, when it is, and who has a place, in one row", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { name: "Spring" });
      const { id } = await createDemoSession(tx, {
        sessionDate: "2026-06-11",
        title: "Show and tell",
        batchId: batch.id,
        maxScheduled: 5,
        meetingUrl: "https://zoom.us/j/1",
      });
      await signUp(tx, id, "scheduled", "presented", "presented", "no_show", "cancelled", "scheduled", "waitlisted");
      await tx.insert(setting).values({ key: "academy_time_zone", value: "Europe/Lisbon" });
      expect(await listDemoSessions(tx, { ...BASE, batch: batch.id }, NOW)).toEqual({
        rows: [
          {
            id,
            sessionDate: "2026-06-11",
            sessionTime: "15:00:00",
            timeZone: "America/Chicago",
            startsAt: "2026-06-11T20:00:00+00:00",
            today: "2026-06-11",
            title: "Show and tell",
            batchName: "Spring",
            meetingUrl: "https://zoom.us/j/1",
            state: "full",
            maxScheduled: 5,
            scheduled: 2,
            waitlisted: 1,
            presented: 2,
            noShow: 1,
          },
        ],
        total: 1,
        page: 1,
        pageSize: 20,
        batchName: "Spring",
        academyZone: "Europe/Lisbon",
      });
    });
  });

  it("tells open, full, closed, cancelled and past apart, and finds each by it", async () => {
    await withRollback(testDb(), async (tx) => {
      const { full, open } = await oneOfEach(tx);
      const { rows } = await listDemoSessions(tx, BASE, NOW);
      expect(rows.map((row) => row.state)).toEqual(rows.map((row) => row.title));
      for (const state of ["open", "full", "closed", "cancelled", "past"] as const) {
        expect(await titles(tx, { state })).toEqual({ titles: [state], total: 1 });
      }
      expect(rows.find(({ id }) => id === full.id)).toMatchObject({ scheduled: 1, noShow: 1, waitlisted: 1 });
      // No limit is no limit of nought: such a session can be joined.
      expect(rows.find(({ id }) => id === open.id)).toMatchObject({ maxScheduled: null, scheduled: 2, state: "open" });
    });
  });

  it("keeps a session among the upcoming through its own day, in its own zone", async () => {
    await withRollback(testDb(), async (tx) => {
      await createDemoSession(tx, { sessionDate: "2026-06-11", timeZone: "America/Chicago", title: "Chicago" });
      await createDemoSession(tx, { sessionDate: "2026-06-10", timeZone: "Europe/Lisbon", title: "Lisbon" });
      expect((await titles(tx, { period: "upcoming" })).titles).toEqual(["Chicago"]);
      expect((await titles(tx, { period: "past" })).titles).toEqual(["Lisbon"]);
      expect((await titles(tx, { period: "all" })).titles).toEqual(["Chicago", "Lisbon"]);
    });
  });

  it("begins with the next one, goes on to the last to come, and then back from the latest that has been", async () => {
    await withRollback(testDb(), async (tx) => {
      for (const day of ["2026-05-29", "2026-06-05", "2026-06-12", "2026-06-19", "2027-06-11"]) {
        await createDemoSession(tx, { sessionDate: day, title: day });
      }
      expect((await titles(tx)).titles).toEqual(["2026-06-12", "2026-06-19", "2027-06-11", "2026-06-05", "2026-05-29"]);
      expect((await titles(tx, { sort: { key: "date", descending: true } })).titles[0]).toBe("2027-06-11");
    });
  });

  it("finds by title, its signs taken literally, beside the other filters, with a true total", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx);
      await createDemoSession(tx, { sessionDate: "2026-06-19", title: "Café demos", batchId: batch.id });
      await createDemoSession(tx, { sessionDate: "2026-06-26", title: "Cafe demos" });
      await createDemoSession(tx, { sessionDate: "2026-07-03", title: "100% done" });
      expect((await titles(tx, { q: "CAFE" })).total).toBe(2);
      expect(await titles(tx, { q: "%" })).toEqual({ titles: ["100% done"], total: 1 });
      expect(await titles(tx, { q: "cafe", batch: batch.id, period: "upcoming", state: "open" })).toEqual({
        titles: ["Café demos"],
        total: 1,
      });
      expect((await titles(tx, { q: "cafe", period: "past" })).total).toBe(0);
    });
  });

  it("puts every row on exactly one page and into the file, whatever the order", async () => {
    await withRollback(testDb(), async (tx) => {
      for (let day = 0; day < 25; day += 1) {
        const sessionDate = new Date(Date.UTC(2026, 4, 30 + day)).toISOString().slice(0, 10);
        await createDemoSession(tx, { sessionDate, title: "Friday demo session" });
      }
      for (const key of sessionSortKeys) {
        for (const descending of [false, true]) {
          const sort = { key, descending };
          const pages = await Promise.all([1, 2].map((page) => listDemoSessions(tx, { ...BASE, sort, page }, NOW)));
          const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
          expect(new Set(ids).size, `${key} ${descending}`).toBe(25);
          expect(await listIds(tx, demoSessionSource({ ...BASE, sort }, NOW), 100)).toEqual(ids);
        }
      }
    });
  });
});

describe("the counts in the menus of demo sessions", () => {
  it("count what each value would leave, the filter itself aside", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { name: "Spring" });
      const { full } = await oneOfEach(tx);
      await signUp(tx, full.id, "cancelled");
      await createDemoSession(tx, { sessionDate: "2026-08-07", title: "open", batchId: batch.id });
      const count = (facet: "period" | "state" | "batch", filters: Partial<DemoSessionFilters> = {}) =>
        countDemoSessionsBy(tx, facet, { q: "", ...filters }, NOW);
      const plain = (value: string, count: number) => ({ value, label: value, count });
      expect(await count("period", { period: "past" })).toEqual([
        plain("upcoming", 5),
        plain("past", 1),
        plain("all", 6),
      ]);
      expect(await count("period", { q: "nothing" })).toEqual([]);
      expect(await count("state", { period: "upcoming", state: "full" })).toEqual([
        plain("open", 2),
        plain("cancelled", 1),
        plain("closed", 1),
        plain("full", 1),
      ]);
      expect(await count("batch", { state: "open" })).toEqual([{ value: String(batch.id), label: "Spring", count: 1 }]);
    });
  });
});
