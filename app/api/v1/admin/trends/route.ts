import { getAnalyticsTrends } from "@/db/queries/analytics-trends";
import { toV1Trends } from "@/lib/api-v1-analytics";
import { analyticsRoute } from "../analytics-route";

export const GET = analyticsRoute(getAnalyticsTrends, toV1Trends);
