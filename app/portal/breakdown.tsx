import { type ShareRow, ShareTable } from "@/components/charts/share-table";
import { ChoiceLinks } from "@/components/ui/choice-links";
import type { OverviewKind } from "@/db/enums";
import type { KindItems, StudentOverview } from "@/db/queries/student-overview-shape";
import { shares } from "@/lib/analytics/shares";
import { formatDuration } from "@/lib/format";
import { OVERVIEW_TABS, type OverviewParams, type OverviewTab, overviewHref } from "./search-params";
import { daysWords, rangeWords } from "./words";

const TABS: Record<OverviewTab, { kind: OverviewKind; label: string; one: string; many: string }> = {
  languages: { kind: "language", label: "Languages", one: "Language", many: "languages" },
  projects: { kind: "project", label: "Projects", one: "Project", many: "projects" },
  editors: { kind: "editor", label: "Editors", one: "Editor", many: "editors" },
  dependencies: { kind: "dependency", label: "Dependencies", one: "Dependency", many: "dependencies" },
  systems: { kind: "operating_system", label: "Systems", one: "Operating system", many: "operating systems" },
  categories: { kind: "category", label: "Categories", one: "Category", many: "categories" },
};

/** What the period's time was spent on, by one of six names for it; the shares add up to the whole. */
export function Breakdown({ overview, params }: { overview: StudentOverview; params: OverviewParams }) {
  const { period } = overview;
  const { kind, one, many } = TABS[params.tab];
  const items = overview.items[kind];
  const range = rangeWords(period.from, period.to);
  return (
    <div>
      <ChoiceLinks
        label="Divided by"
        choices={OVERVIEW_TABS.map((tab) => ({
          href: overviewHref({ ...params, tab }),
          label: TABS[tab].label,
          chosen: tab === params.tab,
        }))}
      />
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
