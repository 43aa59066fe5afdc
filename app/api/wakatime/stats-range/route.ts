import { apiError, apiRoute, readBody } from "@/lib/api";
import { rangeSchema } from "@/lib/wakatime/range-stats";
import { answerRangeStats } from "@/lib/wakatime/range-stats-api";

export const POST = apiRoute("signed-in", async ({ request, viewer }) => {
  const body = await readBody(request, rangeSchema);
  return body.ok ? answerRangeStats(viewer, body.data) : apiError(body);
});
