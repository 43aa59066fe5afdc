import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { KnownStatement } from "@/lib/observability/report";
import { percentileMs } from "@/lib/observability/times";
import { timesInWords } from "./format";
import { Plan } from "./plan";
import { Figures } from "./table";

const SHOWN = 15;
const SHOWN_CHARS = 220;

const COLUMNS = [
  { label: "Statement" },
  { label: "Sent", number: true, wide: true },
  { label: "Average", number: true, wide: true },
  { label: "p95", number: true },
  { label: "Most", number: true, wide: true },
  { label: "Plan", number: true },
];

/** The slowest of those that cost most, by their text: values of parameters are in none of them. */
export function Statements({ statements }: { statements: KnownStatement[] }) {
  const slowest = statements
    .map((statement) => ({ ...statement, p95: percentileMs(statement.times, 0.95) ?? 0 }))
    .sort((a, b) => b.p95 - a.p95)
    .slice(0, SHOWN);
  return (
    <Panel title="Slowest statements" aside="since the processes began">
      <Figures
        name="Slowest statements"
        columns={COLUMNS}
        empty="No statement was sent yet."
        rows={slowest.map(({ id, text, times }) => {
          const { average, p95, most } = timesInWords(times);
          const line = text.replace(/\s+/g, " ").trim();
          return {
            key: id,
            cells: [
              <code key="text" className="block max-w-[60ch] text-xs">
                {line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}…` : line}
              </code>,
              formatCount(times.count),
              average,
              p95,
              most,
              <Plan key="plan" statement={id} begins={line.slice(0, 60)} />,
            ],
          };
        })}
      />
    </Panel>
  );
}
