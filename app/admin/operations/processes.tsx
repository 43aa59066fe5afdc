import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { FrontState } from "@/lib/observability/front-state";
import type { InstanceReport } from "@/lib/observability/report";
import { formatBytes, formatMs, formatPercent, formatSpan } from "./format";
import { Figures } from "./table";

type Props = { processes: InstanceReport["processes"]; front: FrontState | null };

const KINDS = { web: "web", front: "front" };

const COLUMNS = [
  { label: "Process" },
  { label: "Up for", number: true },
  { label: "Memory", number: true },
  { label: "At most", number: true, wide: true },
  { label: "Objects", number: true, wide: true },
  { label: "Loop delay", number: true, wide: true },
  { label: "99th percentile", number: true, wide: true },
  { label: "Busy", number: true },
  { label: "Major collections", number: true, wide: true },
  { label: "Restarts", number: true, wide: true },
];

export function Processes({ processes, front }: Props) {
  const restartsOf = (pid: number) => front?.workers.find((worker) => worker.pid === pid)?.restarts;
  return (
    <Panel title="Processes" aside="event loop of the last minute">
      <Figures
        name="Processes"
        columns={COLUMNS}
        empty="No process answered."
        rows={[...processes]
          .sort((a, b) => a.kind.localeCompare(b.kind) || a.pid - b.pid)
          .map(({ pid, kind, process: { uptimeSeconds, memory, eventLoop, collections } }) => ({
            key: String(pid),
            cells: [
              `${KINDS[kind]} ${pid}`,
              formatSpan(uptimeSeconds),
              formatBytes(memory.rssBytes),
              formatBytes(memory.peakRssBytes),
              formatBytes(memory.heapUsedBytes),
              formatMs(eventLoop.meanMs),
              formatMs(eventLoop.p99Ms),
              formatPercent(eventLoop.busyShare),
              `${formatCount(collections.major)}, ${collections.majorPerMinute.toFixed(1)} a minute`,
              restartsOf(pid) ?? "–",
            ],
          }))}
      />
    </Panel>
  );
}
