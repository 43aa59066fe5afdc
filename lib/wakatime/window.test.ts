import { expect, it } from "vitest";
import { trailingWindow } from "./window";

it.each([
  // The day on which the clocks go forward, and the one on which they go back, count as one day each.
  ["2026-03-08T12:00:00Z", "America/Chicago", { from: "2026-02-23", to: "2026-03-08" }],
  ["2026-11-01T05:30:00Z", "America/Chicago", { from: "2026-10-19", to: "2026-11-01" }],
  ["2026-10-25T22:59:59Z", "Europe/Berlin", { from: "2026-10-12", to: "2026-10-25" }],
  ["2026-10-25T23:00:00Z", "Europe/Berlin", { from: "2026-10-13", to: "2026-10-26" }],
  // Quarter hours, the far ends of the day, and a leap day inside the window.
  ["2026-11-22T18:14:59Z", "Asia/Kathmandu", { from: "2026-11-09", to: "2026-11-22" }],
  ["2026-11-22T18:15:00Z", "Asia/Kathmandu", { from: "2026-11-10", to: "2026-11-23" }],
  ["2026-11-22T10:00:00Z", "Pacific/Kiritimati", { from: "2026-11-10", to: "2026-11-23" }],
  ["2026-11-22T10:30:00Z", "Pacific/Pago_Pago", { from: "2026-11-08", to: "2026-11-21" }],
  ["2028-03-05T00:00:00Z", "UTC", { from: "2028-02-21", to: "2028-03-05" }],
])("is fourteen local dates at %s in %s", (asOf, timeZone, window) => {
  expect(trailingWindow(new Date(asOf), timeZone, 14)).toEqual(window);
});
