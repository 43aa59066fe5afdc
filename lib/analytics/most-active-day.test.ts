import { expect, it } from "vitest";
import { mostActiveDay } from "./most-active-day";

it("is the day with the most coding, of equal ones the latest, and none without any", () => {
  const [first, second, third] = [
    { date: "2026-06-04", totalMs: 7_200_000 },
    { date: "2026-06-05", totalMs: 7_199_999 },
    { date: "2026-06-08", totalMs: 7_200_000 },
  ];
  expect(mostActiveDay([first, second, third])).toBe(third);
  expect(mostActiveDay([third, second, first])).toBe(third);
  expect(mostActiveDay([first, second])).toBe(first);
  expect(mostActiveDay([{ date: "2026-06-08", totalMs: 0 }])).toBeNull();
  expect(mostActiveDay([])).toBeNull();
});
