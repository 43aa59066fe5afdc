import { z } from "zod";
import { getDb } from "@/db/client";
import { changeView, deleteView } from "@/db/mutations/saved-view";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { failure } from "@/lib/errors";
import { viewSearch } from "@/lib/lists/definition";
import { parseAsId } from "@/lib/table-params";
import { findList } from "../../../find-list";

const change = z.object({
  query: z.string().max(2_000).optional(),
  columns: z.array(z.string().max(40)).max(60).nullable().optional(),
  isShared: z.boolean().optional(),
});

const noSuchView = () => apiError(failure("not_found", "There is no such view."));

export const PATCH = apiRoute("staff", async ({ request, params, viewer }) => {
  const { refused } = findList(params.list, viewer);
  if (refused) return refused;
  const id = parseAsId.parse(params.viewId ?? "");
  if (id === null) return noSuchView();
  const body = await readBody(request, change);
  if (!body.ok) return apiError(body);
  const changed = await changeView(getDb(), actorOf(viewer), id, body.data, viewSearch);
  return changed.ok ? apiBare({ id }) : apiError(changed);
});

export const DELETE = apiRoute("staff", async ({ params, viewer }) => {
  const { refused } = findList(params.list, viewer);
  if (refused) return refused;
  const id = parseAsId.parse(params.viewId ?? "");
  if (id === null) return noSuchView();
  const deleted = await deleteView(getDb(), actorOf(viewer), id);
  return deleted.ok ? apiBare({ id }) : apiError(deleted);
});
