import { type Db, getDb } from "@/db/client";
import { apiBare, apiError, apiRoute, readQuery } from "@/lib/api";
import { analyticsQuery } from "@/lib/api-v1-analytics";
import { failure } from "@/lib/errors";

/** Answers `show` of what `read` finds, bare, as v1 has it; null says that there is no such batch. */
export const analyticsRoute = <Found>(
  read: (db: Db, batchId: number | null, now: Date) => Promise<Found | null>,
  show: (found: Found) => unknown,
) =>
  apiRoute("staff", async ({ request }) => {
    const query = readQuery(request, analyticsQuery);
    if (!query.ok) return apiError(query);
    const found = await read(getDb(), query.data.batch_id ?? null, new Date());
    return found === null ? apiError(failure("not_found", "There is no such batch.")) : apiBare(show(found));
  });
