import { getDb } from "@/db/client";
import { getOwnConnection } from "@/db/queries/connection";
import { apiBare, apiRoute } from "@/lib/api";

/** The live check of the connection page: how one's own link stands. */
export const GET = apiRoute("signed-in", async ({ viewer }) => {
  const { status, lastSyncedAt, running, reason, bar, days, hasCoding } = await getOwnConnection(getDb(), viewer.id);
  return apiBare({ status, lastSyncedAt, running, reason: bar ?? reason, days, hasCoding });
});
