import { type ShareRow, ShareTable } from "@/components/charts/share-table";
import { ChoiceLinks } from "@/components/ui/choice-links";
import type { KindItems } from "@/db/queries/student-overview-shape";
import { shares } from "@/lib/analytics/shares";
import { formatDuration } from "@/lib/format";
import { KINDS } from "./kinds";
import type { OverviewShown } from "./overview-shown";
import { daysWords, rangeWords } from "./words";

/** What the period's time was spent on, by one of six names for it; the shares add up to the whole. */
export function Breakdown({ overview: { period, tab, tabs, items } }: { overview: OverviewShown }) {
  const { one, many } = KINDS[tab];
  const range = rangeWords(period.from, period.to);
  return (
    <div>
      <ChoiceLinks label="Divided by" choices={tabs} />
      <div className="mt-3">
        {items.top.length === 0 ? (
          <p className="text-sm text-muted">No {many} are known for these days.</p>
        ) : (
          <>
            <ShareTable
              caption={`Coding time by ${one.toLowerCase()}, ${range}`}
              heading={one}
              rows={rowsOf(items, many)}
            />
            <p className="label mt-2">{whole(items, many, period.daysWithItems, period.daysWithCoding)}</p>
          </>
        )}
      </div>
    </div>
  );
}

function rowsOf({ top, restMs, restCount, totalMs }: KindItems, many: string): ShareRow[] {
  const rows = [
    ...top.map(({ name, ms }) => ({ key: `name ${name}`, name, ms })),
    ...(restCount > 0 ? [{ key: "rest", name: `${restCount} other ${many}`, ms: restMs, rest: true }] : []),
  ];
  const percents = shares(rows, totalMs);
  return rows.map((row, place) => ({ ...row, percent: percents[place] ?? 0 }));
}

/** What the shares are shares of, and of which days details are stored: those are kept for fewer days than totals. */
function whole({ totalMs }: KindItems, many: string, daysWithItems: number, daysWithCoding: number): string {
  const all = `All ${many} together: ${formatDuration(totalMs)}.`;
  return daysWithItems < daysWithCoding
    ? `${all} Details are stored for ${daysWords(daysWithItems)} of the ${daysWithCoding} with coding.`
    : all;
}
