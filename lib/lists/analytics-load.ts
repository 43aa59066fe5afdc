import type { Db } from "@/db/client";
import { getAnalyticsCoding } from "@/db/queries/analytics-coding";
import { getAnalyticsCompare } from "@/db/queries/analytics-compare";
import { getAnalyticsDetails } from "@/db/queries/analytics-details";
import { getAnalyticsHeatMap } from "@/db/queries/analytics-heat-map";
import { getAnalyticsInactive } from "@/db/queries/analytics-inactive";
import { getAnalyticsList } from "@/db/queries/analytics-list";
import { getAnalyticsOverview } from "@/db/queries/analytics-overview";
import { getAnalyticsParticipation } from "@/db/queries/analytics-participation";
import type * as Shape from "@/db/queries/analytics-shape";
import { getAnalyticsTrends } from "@/db/queries/analytics-trends";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { type AnalyticsParams, detailBy } from "./analytics-params";

export const LIST_ROWS = 50;
/** More of a list than anybody reads on paper. */
const PAPER_ROWS = 500;

/** Where it goes: screens and paper show a part of a long list, a file has all of it. */
export type AnalyticsFor = "screen" | "paper" | "file";

export type DetailView = { view: "details"; by: Shape.DetailKind; data: Shape.AnalyticsDetails };
export type AnalyticsView =
  | { view: "overview"; data: Shape.AnalyticsOverview }
  | { view: "list"; list: Shape.AnalyticsListName; used: Shape.AnalyticsUsed | null; data: Shape.AnalyticsList }
  | { view: "trends"; data: Shape.AnalyticsTrends }
  | { view: "participation"; data: Shape.AnalyticsParticipation }
  | { view: "coding"; by: "day" | "student"; data: Shape.AnalyticsCoding }
  | DetailView
  | { view: "heat-map"; data: Shape.AnalyticsHeatMap }
  | { view: "inactive"; data: Shape.AnalyticsInactive }
  | { view: "compare"; data: Shape.AnalyticsCompare };

export const frameOf = (shown: AnalyticsView): Shape.AnalyticsFrame | null =>
  shown.view === "compare" ? null : shown.data.frame;

const listPage = (page: number, use: AnalyticsFor) =>
  use === "file"
    ? null
    : use === "paper"
      ? { offset: 0, limit: PAPER_ROWS }
      : { offset: (page - 1) * LIST_ROWS, limit: LIST_ROWS };

/**
 * What the address asks for, by one statement; null when there is no such batch. What leaves the product as a file or on
 * paper has no project names of people who hide theirs.
 */
export async function loadAnalytics(
  db: Db,
  params: AnalyticsParams,
  use: AnalyticsFor,
  now: Date,
): Promise<AnalyticsView | null> {
  const { tab, list, by, name, batch: batchId, period } = params;
  const scope = { batchId, period };
  const hideProjects = use !== "screen";
  if (list) {
    const own = params.of === null ? scope : { batchId: params.of, period: "batch" as const };
    const kind = detailBy(by);
    const used = list === "used" && kind && name !== null ? { kind, name, hideProjects } : null;
    const data = await getAnalyticsList(db, own, list, listPage(params.page, use), now, { ...params, used });
    return data && { view: "list", list, used, data };
  }
  switch (tab) {
    case "overview": {
      const data = await getAnalyticsOverview(db, scope, now);
      return data && { view: tab, data };
    }
    case "trends": {
      const data = await getAnalyticsTrends(db, batchId, now);
      return data && { view: tab, data };
    }
    case "participation": {
      const data = await getAnalyticsParticipation(db, scope, now);
      return data && { view: tab, data };
    }
    case "coding": {
      if (by === "day" || by === "student") {
        const data = await getAnalyticsCoding(db, scope, now);
        return data && { view: tab, by, data };
      }
      const data = await getAnalyticsDetails(db, scope, { kind: by, hideProjects }, now);
      return data && { view: "details", by, data };
    }
    case "heat-map": {
      const data = await getAnalyticsHeatMap(db, scope, now);
      return data && { view: tab, data };
    }
    case "inactive": {
      const asked = { batchId, days: params.days, all: use === "file" };
      const data = await getAnalyticsInactive(db, asked, now, STALE_AFTER_HOURS);
      return data && { view: tab, data };
    }
    case "compare":
      return { view: tab, data: await getAnalyticsCompare(db, batchId, params.with, now) };
  }
}
