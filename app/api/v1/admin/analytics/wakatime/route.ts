import { getAnalyticsCoding } from "@/db/queries/analytics-coding";
import { toV1CodingTrends } from "@/lib/api-v1-analytics";
import { analyticsRoute } from "../../analytics-route";

/** The whole batch, or of everybody the longest period. */
export const GET = analyticsRoute(
  (db, batchId, now) => getAnalyticsCoding(db, { batchId, period: batchId === null ? 90 : "batch" }, now),
  toV1CodingTrends,
);
