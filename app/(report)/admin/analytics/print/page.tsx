import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { FactTable } from "@/components/analytics/fact-table";
import { buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { getDb } from "@/db/client";
import { requireStaff } from "@/lib/auth/current";
import { formatInstant } from "@/lib/format";
import { daysWords } from "@/lib/lists/analytics-days";
import { type AnalyticsView, frameOf, loadAnalytics } from "@/lib/lists/analytics-load";
import {
  type AnalyticsParams,
  analyticsHref,
  analyticsPrintHref,
  loadAnalyticsParams,
} from "@/lib/lists/analytics-params";
import { tablesOf } from "@/lib/lists/analytics-tables";
import { listPart } from "@/lib/lists/analytics-tables-lists";
import { Drawing } from "./drawing";

export const metadata: Metadata = { title: "Analytics" };

const TITLES: Record<AnalyticsParams["tab"], string> = {
  overview: "Overview",
  trends: "Trends",
  participation: "Participation",
  coding: "Coding",
  "heat-map": "Coding by day",
  inactive: "Inactive coders",
  compare: "Two batches",
};

/** What a tab of analytics shows, as tables on paper, without the frame of the admin area and without hidden names. */
export default async function AnalyticsPrintPage({ searchParams }: PageProps<"/admin/analytics/print">) {
  const params = await loadAnalyticsParams(searchParams);
  await requireStaff(analyticsPrintHref(params));
  const now = new Date();
  const shown = await loadAnalytics(getDb(), params, "paper", now);
  if (!shown) notFound();
  const tables = tablesOf(shown);
  return (
    <div data-paper className="min-h-dvh bg-sunken text-ink print:min-h-0 print:bg-transparent">
      <style href="report-paper" precedence="default">
        {"@page { size: A4; margin: 12mm 16mm; }"}
      </style>
      <nav aria-label="Print" className="mx-auto flex max-w-[210mm] items-center gap-2 px-4 py-3 print:hidden">
        <Link href={analyticsHref(params)} className={`${buttonClass({ small: true })} mr-auto`}>
          Back to analytics
        </Link>
        <PrintButton />
      </nav>
      <main
        id="main"
        className="mx-auto mb-8 max-w-[210mm] bg-raised p-6 text-sm shadow-sm sm:p-[14mm] print:m-0 print:max-w-none print:bg-transparent print:p-0 print:text-xs print:shadow-none"
      >
        <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b-2 border-ink pb-3">
          <div>
            <p className="label">Analytics</p>
            <h1 className="text-xl font-semibold tracking-tight print:text-lg">
              {shown.view === "list" ? tables[0]?.title : TITLES[params.tab]}
            </h1>
            <ScopeWords shown={shown} params={params} />
          </div>
          <p className="text-muted">Printed {formatInstant(now)}</p>
        </header>
        <Drawing shown={shown} measure={params.measure} />
        {tables.map((table) => (
          <section key={table.id} className="mb-5 break-inside-auto">
            <h2 className="mb-1 text-sm font-semibold">{table.title}</h2>
            <FactTable table={table} />
          </section>
        ))}
      </main>
    </div>
  );
}

function ScopeWords({ shown, params }: { shown: AnalyticsView; params: AnalyticsParams }) {
  const frame = frameOf(shown);
  if (!frame) return null;
  const { batch, syncedAsOf } = frame;
  const part = shown.view === "list" ? listPart(shown.list, params) : null;
  const days = daysWords(shown);
  return (
    <p>
      {batch?.name ?? "everybody in class"}
      {days ? `, ${days}` : null}
      {part ? `; ${part}` : null}
      {shown.view === "inactive" ? `, no coding in the last ${shown.data.days} days` : null}
      {syncedAsOf ? `; coding time as of ${formatInstant(new Date(syncedAsOf))}` : null}
    </p>
  );
}
