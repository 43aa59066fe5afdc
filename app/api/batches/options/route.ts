import { getDb } from "@/db/client";
import { apiBare, apiRoute } from "@/lib/api";
import { readBatchOptions } from "@/lib/cache/reads";
import { formatDate } from "@/lib/format";

/** What the batch filter offers; asked for when its menu first opens. */
export const GET = apiRoute("staff", async ({ viewer }) => {
  const batches = await readBatchOptions(getDb(), { viewer, now: new Date() });
  return apiBare({
    options: batches.map(({ id, name, startDate }) => ({
      value: String(id),
      label: name,
      hint: formatDate(startDate),
    })),
  });
});
