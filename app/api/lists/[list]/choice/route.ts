import { z } from "zod";
import { getDb } from "@/db/client";
import { rememberListChoice } from "@/db/mutations/list-choice";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { findList } from "../../find-list";

const choice = z.object({
  /** Null goes back to the list's own columns. */
  columns: z.array(z.string().max(40)).max(60).nullable().optional(),
  /** The query that opens when the list is called without one; null opens the bare list. */
  view: z.string().max(2_000).nullable().optional(),
});

/** How the person likes this list: its columns, and the view that opens first. */
export const PUT = apiRoute("staff", async ({ request, params, viewer }) => {
  const { served, refused } = findList(params.list, viewer);
  if (refused) return refused;
  const body = await readBody(request, choice);
  if (!body.ok) return apiError(body);
  await rememberListChoice(getDb(), viewer.id, served.list.name, body.data);
  return apiBare({ saved: true });
});
