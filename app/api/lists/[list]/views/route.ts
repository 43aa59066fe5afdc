import { z } from "zod";
import { getDb } from "@/db/client";
import { saveView } from "@/db/mutations/saved-view";
import { listSavedViews } from "@/db/queries/saved-views";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { findList } from "../../find-list";

const newView = z.object({
  name: z.string().trim().min(1, "Give the view a name.").max(60, "At most 60 characters."),
  query: z.string().max(2_000),
  columns: z.array(z.string().max(40)).max(60).nullable(),
  isShared: z.boolean(),
});

/** The person's own views of a list and those that colleagues share, with which one opens first. */
export const GET = apiRoute("staff", async ({ params, viewer }) => {
  const { served, refused } = findList(params.list, viewer);
  if (refused) return refused;
  const { name } = served.list;
  const views = await listSavedViews(getDb(), name, viewer.id);
  return apiBare({ views, first: viewer.listChoices[name]?.view ?? null });
});

export const POST = apiRoute("staff", async ({ request, params, viewer }) => {
  const { served, refused } = findList(params.list, viewer);
  if (refused) return refused;
  const body = await readBody(request, newView);
  if (!body.ok) return apiError(body);
  const saved = await saveView(getDb(), actorOf(viewer), { list: served.list.name, ...body.data });
  return saved.ok ? apiBare({ id: saved.data.id }) : apiError(saved);
});
