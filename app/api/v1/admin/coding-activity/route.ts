import { getV1CodingActivity } from "@/db/queries/analytics-v1-coding";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { toV1CodingActivity } from "@/lib/api-v1-analytics";
import { analyticsRoute } from "../analytics-route";

export const GET = analyticsRoute(
  (db, batchId, now) => getV1CodingActivity(db, batchId, now, STALE_AFTER_HOURS),
  toV1CodingActivity,
);
