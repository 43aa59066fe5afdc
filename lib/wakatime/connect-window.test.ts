import { expect, it } from "vitest";
import { missedDays } from "./connect-window";

const missed = (lastSyncedAt: string, timeZone = "UTC") =>
  missedDays({ lastSyncedAt: new Date(lastSyncedAt), today: "2026-11-22", timeZone });

it.each([
  // The last 14 days, which begin on the 9th, hold the day before the last sync.
  ["2026-11-22T12:00:00Z", "UTC", null],
  ["2026-11-10T00:00:00Z", "UTC", null],
  ["2026-11-09T23:59:59Z", "UTC", { from: "2026-11-08", to: "2026-11-22" }],
  ["2026-10-23T12:00:00Z", "UTC", { from: "2026-10-22", to: "2026-11-22" }],
  // By the student's own dates.
  ["2026-11-09T23:59:59Z", "Asia/Kathmandu", null],
  ["2026-11-10T00:00:00Z", "America/Chicago", { from: "2026-11-08", to: "2026-11-22" }],
  // A year at most.
  ["2025-11-23T12:00:00Z", "UTC", { from: "2025-11-22", to: "2026-11-22" }],
  ["2024-01-01T12:00:00Z", "UTC", { from: "2025-11-22", to: "2026-11-22" }],
])("a link that was last synced at %s in %s missed these days", (lastSyncedAt, timeZone, window) => {
  expect(missed(lastSyncedAt, timeZone)).toEqual(window);
});
