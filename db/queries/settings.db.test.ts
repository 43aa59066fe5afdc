import { expect, it } from "vitest";
import { holiday } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createDemoSession } from "@/db/testing/factories";
import { getSettings } from "./settings";

it("a holiday names the demo session that is still to come on its day, unless that one is cancelled", async () => {
  await withRollback(testDb(), async (tx) => {
    const titled = (title: string, sessionDate: string, more: object = {}) =>
      createDemoSession(tx, { title, sessionDate, ...more });
    await titled("Over in the east", "2026-06-10", { timeZone: "Pacific/Kiritimati" });
    const today = await titled("Today in the west", "2026-06-09", { timeZone: "Pacific/Pago_Pago" });
    await titled("Called off", "2026-06-12", { isCancelled: true });
    const off = await titled("In its place, switched off", "2026-06-12", { isActive: false });
    await titled("Cancelled", "2026-06-13", { isCancelled: true });
    await titled("The day after", "2026-06-15");
    const days = ["2026-06-10", "2026-06-09", "2026-06-12", "2026-06-13", "2026-06-14"];
    await tx.insert(holiday).values(days.map((date) => ({ date, name: `Off on ${date}` })));

    // 10:30 UTC is 23:30 of the 9th in Pago Pago, and half past midnight of the 11th in Kiritimati.
    const { holidays } = await getSettings(tx, new Date("2026-06-10T10:30:00Z"));
    expect(holidays.map(({ date, session }) => [date, session])).toEqual([
      ["2026-06-09", { id: today.id, title: "Today in the west" }],
      ["2026-06-10", null],
      ["2026-06-12", { id: off.id, title: "In its place, switched off" }],
      ["2026-06-13", null],
      ["2026-06-14", null],
    ]);
  });
});
