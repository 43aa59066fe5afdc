"use client";

import { Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import { formatDateWithWeekday, formatDuration } from "@/lib/format";
import { CHART_HEIGHT_PX } from "./chart-height";
import type { ChartDay } from "./day-chart";
import { hourTicks } from "./hour-ticks";
import { shortDate } from "./short-date";

const HOUR_MS = 3_600_000;
const AXIS = { fontSize: 11, fill: "var(--muted)" };

/** What the chart by day draws; nothing moves. */
export function DayBars({ days }: { days: readonly ChartDay[] }) {
  const ticks = hourTicks(Math.max(0, ...days.map(({ ms }) => ms ?? 0)));
  const data = days.map(({ date, ms }) => ({ date, ms, missing: ms === null ? 0 : null }));
  return (
    <ComposedChart
      responsive
      accessibilityLayer={false}
      data={data}
      style={{ width: "100%", height: CHART_HEIGHT_PX }}
      margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="date"
        tickFormatter={shortDate}
        tick={AXIS}
        tickLine={false}
        axisLine={{ stroke: "var(--strong-line)" }}
        minTickGap={24}
      />
      <YAxis
        width={36}
        ticks={ticks}
        domain={[0, ticks.at(-1) ?? HOUR_MS]}
        tickFormatter={(ms: number) => `${ms / HOUR_MS} h`}
        tick={AXIS}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--sunken)" }}
        content={({ active, label }) => {
          const day = active ? data.find(({ date }) => date === label) : undefined;
          return day ? (
            <p className="rounded-md border bg-raised px-2.5 py-1.5 text-sm shadow-sm">
              {formatDateWithWeekday(day.date)}:{" "}
              <strong className="font-medium">{day.ms === null ? "no data" : formatDuration(day.ms)}</strong>
            </p>
          ) : null;
        }}
      />
      <Bar
        dataKey="ms"
        fill="var(--accent)"
        maxBarSize={24}
        radius={[2, 2, 0, 0]}
        minPointSize={(value) => (value === 0 ? 2 : 0)}
        isAnimationActive={false}
      />
      <Line
        dataKey="missing"
        stroke="none"
        dot={{ r: 1.5, fill: "var(--muted)", stroke: "none" }}
        activeDot={false}
        isAnimationActive={false}
      />
    </ComposedChart>
  );
}
