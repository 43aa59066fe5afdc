import { expect, it } from "vitest";
import { dueNight } from "./nightly";

const night = (tick: string, zone: string) => {
  const due = dueNight(new Date(tick), zone);
  return due && [due.date, due.startedAt.toISOString()];
};

it.each([
  ["at 23:30 itself", "2026-11-23T05:30:00Z", "America/Chicago", ["2026-11-22", "2026-11-23T05:30:00.000Z"]],
  ["not half an hour earlier", "2026-11-23T05:00:00Z", "America/Chicago", null],
  [
    "the same night at the next tick",
    "2026-11-23T06:00:00Z",
    "America/Chicago",
    ["2026-11-22", "2026-11-23T05:30:00.000Z"],
  ],
  [
    "the same night six hours later",
    "2026-11-23T11:30:00Z",
    "America/Chicago",
    ["2026-11-22", "2026-11-23T05:30:00.000Z"],
  ],
  ["no longer in the morning", "2026-11-23T12:00:00Z", "America/Chicago", null],
  [
    "a quarter of an hour late where no tick falls on 23:30",
    "2026-11-22T18:00:00Z",
    "Asia/Kathmandu",
    ["2026-11-22", "2026-11-22T18:00:00.000Z"],
  ],
  [
    "on the night the clocks go back",
    "2026-10-25T22:30:00Z",
    "Europe/Berlin",
    ["2026-10-25", "2026-10-25T22:30:00.000Z"],
  ],
  [
    "from the nominal time of a tick that ran late",
    "2026-11-23T05:59:59Z",
    "America/Chicago",
    ["2026-11-22", "2026-11-23T05:30:00.000Z"],
  ],
])("starts %s", (_when, tick, zone, expected) => {
  expect(night(tick, zone)).toEqual(expected);
});

it.each([
  ["America/Chicago", "2026-03-07"],
  ["America/Chicago", "2026-10-31"],
  ["Asia/Kathmandu", "2026-06-01"],
  ["Australia/Lord_Howe", "2026-10-03"],
  // Its clocks skip the hour before midnight in spring: the night has no 23:30 and is started all the same.
  ["America/Nuuk", "2026-03-27"],
])("gives each date one night in %s around %s", (zone, from) => {
  const starts = new Set<string>();
  for (let tick = Date.parse(`${from}T12:00:00Z`), n = 0; n < 3 * 48; n++, tick += 1_800_000) {
    const due = dueNight(new Date(tick), zone);
    if (due) starts.add(`${due.date} ${due.startedAt.toISOString()}`);
  }
  const dates = [...starts].map((each) => each.slice(0, 10));
  expect(dates).toHaveLength(3);
  expect(new Set(dates).size).toBe(3);
});
