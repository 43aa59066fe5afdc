import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { requireStaff } from "@/lib/auth/current";
import { readAnalytics } from "@/lib/cache/reads";
import { formatDate } from "@/lib/format";
import { type AnalyticsView, frameOf, LIST_ROWS } from "@/lib/lists/analytics-load";
import { type AnalyticsParams, analyticsHref, loadAnalyticsParams } from "@/lib/lists/analytics-params";
import { tablesOf } from "@/lib/lists/analytics-tables";
import { lastPage } from "@/lib/table-params";
import { CodingByDay, CodingByStudent } from "./coding";
import { Compare } from "./compare";
import { Details } from "./details";
import { Head, Scope } from "./head";
import { HeatMapTab } from "./heat-map";
import { Inactive } from "./inactive";
import { List } from "./list";
import { Overview } from "./overview";
import { Participation } from "./participation";
import { Trends } from "./trends";

export const metadata: Metadata = { title: "Analytics" };

/** What the academy's numbers are; each tab is one statement, and everything about it stands in the address. */
export default async function AnalyticsPage({ searchParams }: PageProps<"/admin/analytics">) {
  const params = await loadAnalyticsParams(searchParams);
  const viewer = await requireStaff(analyticsHref(params));
  const now = new Date();
  const shown = await readAnalytics(getDb(), params, { viewer, now });
  if (!shown) notFound();
  if (shown.view === "list") {
    const last = lastPage(shown.data.total, LIST_ROWS);
    if (params.page > last) redirect(analyticsHref({ ...params, page: last }));
  }
  const frame = frameOf(shown);
  const begins = frame && !frame.span ? frame.batch : null;
  return (
    <>
      <Head params={params} />
      <Scope params={params} shown={shown} now={now} />
      {begins ? (
        <Empty title={`${begins.name} has not begun`}>Its numbers begin on {formatDate(begins.startDate)}.</Empty>
      ) : (
        <Tab shown={shown} params={params} />
      )}
    </>
  );
}

function Tab({ shown, params }: { shown: AnalyticsView; params: AnalyticsParams }) {
  const tables = tablesOf(shown);
  switch (shown.view) {
    case "overview":
      return <Overview overview={shown.data} params={params} tables={tables} />;
    case "list":
      return tables[0] ? <List params={params} list={shown.list} table={tables[0]} /> : null;
    case "trends":
      return <Trends trends={shown.data} params={params} tables={tables} />;
    case "participation":
      return <Participation participation={shown.data} params={params} tables={tables} />;
    case "coding":
      return shown.by === "day" ? (
        <CodingByDay coding={shown.data} params={params} tables={tables} />
      ) : (
        <CodingByStudent coding={shown.data} params={params} tables={tables} />
      );
    case "details":
      return <Details shown={shown} params={params} tables={tables} />;
    case "heat-map":
      return <HeatMapTab map={shown.data} params={params} tables={tables} />;
    case "inactive":
      return <Inactive inactive={shown.data} params={params} tables={tables} />;
    case "compare":
      return <Compare compare={shown.data} params={params} tables={tables} />;
  }
}
