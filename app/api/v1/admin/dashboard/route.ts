import { getDb } from "@/db/client";
import { getDashboardOverview } from "@/db/queries/user-overview";
import { apiData, apiRoute } from "@/lib/api";
import { toV1Stats, toV1User } from "@/lib/api-v1";

export const GET = apiRoute("staff", async ({ viewer }) => {
  const { totals, recentStudents, activeBatches } = await getDashboardOverview(getDb(), viewer, new Date());
  return apiData({
    stats: toV1Stats(totals),
    recent_students: recentStudents.map(toV1User),
    active_batches: activeBatches,
  });
});
