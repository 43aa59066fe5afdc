import { getDb } from "@/db/client";
import { streamRows } from "@/db/queries/list";
import { apiRoute } from "@/lib/api";
import { csvStream } from "@/lib/lists/csv";
import { shownColumns } from "@/lib/lists/definition";
import { findList } from "../../find-list";

const MOST_ROWS = 1_000_000;

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);

/** Everything that a list shows, all pages of it: `?<the list's own query>&columns=name,email&view=<its name>`. */
export const GET = apiRoute("staff", async ({ request, params, viewer }) => {
  const found = findList(params.list, viewer);
  if (found.refused) return found.refused;
  const { served } = found;
  const query = new URL(request.url).searchParams;
  const now = new Date();
  const source = served.source(await served.list.load(query), viewer, now);
  const columns = shownColumns(served.list, query.get("columns")?.split(","));
  const headers = columns.map((id) => served.headers?.[id] ?? served.list.columns[id] ?? id);

  async function* chunks() {
    for await (const rows of streamRows(getDb(), source, { limit: MOST_ROWS })) {
      yield rows.map((row) => {
        const cells = served.cells(row, now);
        return columns.map((id) => cells[id] ?? null);
      });
    }
  }

  const name = [served.list.name, slug(query.get("view") ?? ""), now.toISOString().slice(0, 10)].filter(Boolean);
  return new Response(csvStream(headers, chunks()), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name.join("-")}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
});
