import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SessionTime } from "./session-time";

/** 15:00 in Chicago on a Friday in winter. */
const session = {
  sessionDate: "2026-11-27",
  sessionTime: "15:00:00",
  timeZone: "America/Chicago",
  startsAt: "2026-11-27T21:00:00+00:00",
};

const text = (viewerZone: string, timeOnly = false) =>
  renderToStaticMarkup(createElement(SessionTime, { session, viewerZone, timeOnly })).replace(/<[^>]*>/g, "");

it.each([
  ["America/Chicago", false, "Fri 27 Nov 2026, 15:00"],
  // Another zone with the same clock says nothing twice.
  ["America/Winnipeg", false, "Fri 27 Nov 2026, 15:00"],
  ["Europe/Lisbon", false, "Fri 27 Nov 2026, 21:00 (15:00 in America/Chicago)"],
  ["America/New_York", true, "16:00 (15:00 in America/Chicago)"],
  // Where it is another day already, both days are told.
  ["Asia/Tokyo", false, "Sat 28 Nov 2026, 06:00 (Fri 27 Nov 2026, 15:00 in America/Chicago)"],
  ["Asia/Tokyo", true, "Sat 28 Nov 2026, 06:00 (Fri 27 Nov 2026, 15:00 in America/Chicago)"],
])("a viewer in %s (time only: %s) reads %s", (zone, timeOnly, expected) => {
  expect(text(zone, timeOnly)).toBe(expected);
});

it("carries the instant itself, and a zone's name reads like words", () => {
  const markup = renderToStaticMarkup(
    createElement(SessionTime, { session: { ...session, timeZone: "America/New_York" }, viewerZone: "UTC" }),
  );
  expect(markup).toContain('dateTime="2026-11-27T21:00:00+00:00"');
  expect(markup).toContain("in America/New York)");
});
