import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { DayChart } from "./day-chart";

const HOUR_MS = 3_600_000;

it("stands there before any script: bars on the scale of the axis, a dot where there is no data", () => {
  const markup = renderToStaticMarkup(
    <DayChart
      caption="Coding time by day"
      table={false}
      days={[
        { date: "2026-11-21", ms: 3 * HOUR_MS },
        { date: "2026-11-22", ms: null },
        { date: "2026-11-23", ms: HOUR_MS },
        { date: "2026-11-24", ms: 0 },
      ]}
    />,
  );
  // The axis ends at 3 h.
  expect([...markup.matchAll(/<i [^>]*style="height:([^"]+)"/g)].map(([, height]) => height)).toEqual([
    "100.00%",
    "33.33%",
    "2px",
  ]);
  expect(markup.match(/<i [^>]*rounded-full/g)).toHaveLength(1);
  expect(markup).toContain("3 h");
  expect(markup).toContain("21 Nov");
});
