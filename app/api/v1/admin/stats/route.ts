import { getDb } from "@/db/client";
import { getTotals } from "@/db/queries/user-overview";
import { apiData, apiRoute } from "@/lib/api";
import { toV1Stats } from "@/lib/api-v1";

export const GET = apiRoute("staff", async () => apiData(toV1Stats(await getTotals(getDb(), new Date()))));
