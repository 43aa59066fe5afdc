import { getDb } from "@/db/client";
import { listBatchOptions } from "@/db/queries/batch-options";
import { apiBare, apiRoute } from "@/lib/api";
import { formatDate } from "@/lib/format";

/** What the batch filter offers; asked for when its menu first opens. */
export const GET = apiRoute("staff", async () => {
  const batches = await listBatchOptions(getDb());
  return apiBare({
    options: batches.map(({ id, name, startDate }) => ({
      value: String(id),
      label: name,
      hint: formatDate(startDate),
    })),
  });
});
