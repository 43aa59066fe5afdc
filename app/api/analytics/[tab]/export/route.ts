import { getDb } from "@/db/client";
import { apiError, apiRoute } from "@/lib/api";
import { failure } from "@/lib/errors";
import { frameOf, loadAnalytics } from "@/lib/lists/analytics-load";
import { ANALYTICS_TABS, loadAnalyticsParams } from "@/lib/lists/analytics-params";
import { fileOf } from "@/lib/lists/analytics-table";
import { tablesOf } from "@/lib/lists/analytics-tables";
import { csvResponse } from "@/lib/lists/csv-response";

const none = () => apiError(failure("not_found", "There is no such table."));

/** One table of a tab with all its rows, as the page's own address chooses them: `?batch=&period=…&table=`. */
export const GET = apiRoute("staff", async ({ request, params }) => {
  const tab = ANALYTICS_TABS.find((each) => each === params.tab);
  if (!tab) return none();
  const search = new URL(request.url).searchParams;
  const now = new Date();
  const shown = await loadAnalytics(getDb(), { ...(await loadAnalyticsParams(search)), tab }, "file", now);
  if (!shown) return none();
  const tables = tablesOf(shown);
  const wanted = search.get("table");
  const table = wanted === null ? tables[0] : tables.find(({ id }) => id === wanted);
  if (!table) return none();
  const { headers, rows } = fileOf(table);
  const batch = frameOf(shown)?.batch?.name ?? "";
  return csvResponse(["analytics", tab, table.id, batch, now.toISOString().slice(0, 10)], headers, inOne(rows));
});

async function* inOne<Row>(rows: Row[]): AsyncGenerator<Row[]> {
  yield rows;
}
