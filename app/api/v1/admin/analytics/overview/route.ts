import { getAnalyticsOverview } from "@/db/queries/analytics-overview";
import { toV1Overview } from "@/lib/api-v1-analytics";
import { analyticsRoute } from "../../analytics-route";

/** The same as `/api/v1/admin/overview`. */
export const GET = analyticsRoute(
  (db, batchId, now) => getAnalyticsOverview(db, { batchId, period: 7 }, now),
  toV1Overview,
);
