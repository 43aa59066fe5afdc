import { describe, expect, it } from "vitest";
import { testDb, withRollback } from "@/db/testing/database";
import { createDemoSession, createSignup, createStudent } from "@/db/testing/factories";
import { type DemoSessionFilters, listDemoSessions } from "./demo-session-list";

// 04:00 UTC on the 12th: still the evening of the 11th in Chicago, the 12th in Lisbon.
const NOW = new Date("2026-06-12T04:00:00Z");
const BASE: DemoSessionFilters = { page: 1, pageSize: 20, q: "", period: "all", sort: "date", descending: false };

describe("the list of demo sessions", () => {
  it("says of each session whether it is open, full, closed, cancelled or past", async () => {
    await withRollback(testDb(), async (tx) => {
      await createDemoSession(tx, { sessionDate: "2026-06-05" });
      const full = await createDemoSession(tx, { sessionDate: "2026-06-19", maxScheduled: 1 });
      await createDemoSession(tx, { sessionDate: "2026-06-26", isActive: false });
      await createDemoSession(tx, { sessionDate: "2026-07-03", isCancelled: true });
      await createDemoSession(tx, { sessionDate: "2026-07-10", maxScheduled: null });
      await createSignup(tx, full.id, (await createStudent(tx)).studentId);
      await createSignup(tx, full.id, (await createStudent(tx)).studentId, "waitlisted");
      const { rows, total } = await listDemoSessions(tx, BASE, NOW);
      expect(total).toBe(5);
      expect(rows.map((row) => row.state)).toEqual(["past", "full", "closed", "cancelled", "open"]);
      expect(rows[1]).toMatchObject({ scheduled: 1, waitlisted: 1, maxScheduled: 1 });
      expect(rows[4]?.maxScheduled).toBeNull();
    });
  });

  it("keeps a session among the upcoming through its own day, in its own zone", async () => {
    await withRollback(testDb(), async (tx) => {
      await createDemoSession(tx, { sessionDate: "2026-06-11", timeZone: "America/Chicago", title: "Chicago" });
      await createDemoSession(tx, { sessionDate: "2026-06-10", timeZone: "Europe/Lisbon", title: "Lisbon" });
      const titles = async (period: "upcoming" | "past") =>
        (await listDemoSessions(tx, { ...BASE, period }, NOW)).rows.map((row) => row.title);
      expect(await titles("upcoming")).toEqual(["Chicago"]);
      expect(await titles("past")).toEqual(["Lisbon"]);
    });
  });
});
