import { Figure } from "@/components/ui/figure";
import { formatCount } from "@/lib/format";
import type { FrontState } from "@/lib/observability/front-state";
import type { InstanceReport } from "@/lib/observability/report";
import { averageMs, percentileMs, sumOfTimes } from "@/lib/observability/times";
import { formatBytes, formatMs, formatPercent } from "./format";

type Props = { report: InstanceReport; front: FrontState | null };

const number = "text-2xl leading-tight font-semibold tracking-tight tabular-nums";

/** How the instance is doing as a whole. */
export function Head({ report: { processes, requests, statements, slowStatements, pool }, front }: Props) {
  const times = sumOfTimes(requests.map((each) => each.times));
  const failed = requests.reduce((sum, each) => sum + (each.status >= 500 ? each.times.count : 0), 0);
  const memory = processes.reduce((sum, { process }) => sum + process.memory.rssBytes, 0);
  const busiest = processes.reduce((most, { process }) => Math.max(most, process.eventLoop.busyShare), 0);
  const figures: [value: string, label: string][] = [
    [formatCount(times.count), `requests, ${formatCount(failed)} failed`],
    [formatMs(percentileMs(times, 0.95)), `p95, half within ${formatMs(percentileMs(times, 0.5))}`],
    [formatMs(averageMs(statements)), `a statement, ${formatCount(slowStatements)} above 100 ms`],
    [pool ? `${pool.inUse} of ${pool.size}` : "–", `connections in use, ${formatCount(pool?.waiting ?? 0)} wait`],
    [formatBytes(memory), processes.length === 1 ? "memory of 1 process" : `memory of ${processes.length} processes`],
    [formatPercent(busiest), `busiest loop${front ? `, ${formatCount(front.waiting)} requests wait` : ""}`],
  ];
  return (
    <dl className="mb-10 grid grid-cols-2 border-t sm:grid-cols-3 xl:grid-cols-6">
      {figures.map(([value, label]) => (
        <Figure key={label} label={label}>
          <dd className={number}>{value}</dd>
        </Figure>
      ))}
    </dl>
  );
}
