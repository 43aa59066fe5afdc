import { z } from "zod";
import { getDb } from "@/db/client";
import { streamRows } from "@/db/queries/list";
import { listSavedViews } from "@/db/queries/saved-views";
import type { Viewer } from "@/db/queries/session";
import { apiError, apiRoute } from "@/lib/api";
import { failure } from "@/lib/errors";
import { csvResponse } from "@/lib/lists/csv-response";
import { shownColumns } from "@/lib/lists/definition";
import { type Selected, selectionField } from "@/lib/lists/selection";
import { findList } from "../../find-list";

const MOST_ROWS = 1_000_000;

type Call = { request: Request; params: Record<string, string>; viewer: Viewer };

/** The file of a list in the state of the request's query, or of what is selected in it. */
async function exported({ request, params, viewer }: Call, selection?: Selected): Promise<Response> {
  const found = findList(params.list, viewer);
  if (found.refused) return found.refused;
  const { served } = found;
  const { list } = served;
  const now = new Date();
  const values = await list.load(new URL(request.url).searchParams);
  const source = served.source(values, viewer, now);
  const columns = shownColumns(list, values.columns ?? undefined);
  const only = selection && "ids" in selection ? new Set(selection.ids) : undefined;

  async function* rows() {
    for await (const chunk of streamRows(getDb(), source, { limit: MOST_ROWS, only })) {
      yield chunk.map((row) => {
        const cells = served.cells(row, now);
        return columns.map((id) => cells[id] ?? null);
      });
    }
  }

  const view = values.view
    ? (await listSavedViews(getDb(), list.name, viewer.id)).find((each) => each.id === values.view)
    : undefined;
  const headers = columns.map((id) => served.headers?.[id] ?? list.columns[id] ?? id);
  return csvResponse([list.name, view?.name ?? "", now.toISOString().slice(0, 10)], headers, rows());
}

/** Everything that a list shows, all pages of it: `?<the list's own query>&columns=name,email&view=<its id>`. */
export const GET = apiRoute("staff", (call) => exported(call));

const form = z.object({ selection: selectionField });

/** The selected rows of it, from a form with the field `selection`. */
export const POST = apiRoute("staff", async (call) => {
  const fields = await call.request.formData().catch(() => null);
  const parsed = form.safeParse(fields ? Object.fromEntries(fields) : {});
  return parsed.success ? exported(call, parsed.data.selection) : apiError(failure("invalid", "Nothing is selected."));
});
