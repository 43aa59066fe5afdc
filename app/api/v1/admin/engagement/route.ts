import { getV1Engagement } from "@/db/queries/analytics-v1-engagement";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { toV1Engagement } from "@/lib/api-v1-analytics";
import { analyticsRoute } from "../analytics-route";

export const GET = analyticsRoute(
  (db, batchId, now) => getV1Engagement(db, batchId, now, STALE_AFTER_HOURS),
  toV1Engagement,
);
