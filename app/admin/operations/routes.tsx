import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { RequestSeries } from "@/lib/observability/metrics";
import { sumOfTimes } from "@/lib/observability/times";
import { timesInWords } from "./format";
import { Figures } from "./table";

const SHOWN = 25;

const COLUMNS = [
  { label: "Route" },
  { label: "Requests", number: true },
  { label: "p50", number: true, wide: true },
  { label: "p95", number: true },
  { label: "Most", number: true, wide: true },
  { label: "Statements each", number: true, wide: true },
  { label: "Failed", number: true, wide: true },
];

/** Requests by method and route, those first that took most time in all. */
export function Routes({ requests }: { requests: RequestSeries[] }) {
  const groups = Map.groupBy(requests, ({ method, route }) => `${method} ${route}`);
  const routes = [...groups]
    .map(([name, all]) => ({
      name,
      times: sumOfTimes(all.map(({ times }) => times)),
      statements: all.reduce((sum, each) => sum + each.statements, 0),
      failed: all.reduce((sum, each) => sum + (each.status >= 500 ? each.times.count : 0), 0),
    }))
    .sort((a, b) => b.times.sumMs - a.times.sumMs);
  const left = routes.length - SHOWN;
  return (
    <Panel title="Routes" aside={left > 0 ? `the ${SHOWN} that took most time; ${left} more` : "most time first"}>
      <Figures
        name="Routes"
        columns={COLUMNS}
        empty="No request was counted yet."
        rows={routes.slice(0, SHOWN).map(({ name, times, statements, failed }) => {
          const { p50, p95, most } = timesInWords(times);
          return {
            key: name,
            cells: [
              <span key="name" className="break-words">
                {name}
              </span>,
              formatCount(times.count),
              p50,
              p95,
              most,
              (statements / times.count).toFixed(1),
              failed > 0 ? (
                <span key="failed" className="text-bad">
                  {formatCount(failed)}
                </span>
              ) : (
                "0"
              ),
            ],
          };
        })}
      />
    </Panel>
  );
}
