import { z } from "zod";
import type { Db } from "@/db/client";
import { listIds } from "@/db/queries/list";
import type { Viewer } from "@/db/queries/session";
import { LARGEST_ID } from "@/lib/table-params";
import { type AnyList, MOST_SELECTED } from "./definition";
import type { ServedList } from "./served";

const selected = z.union([
  z.object({ ids: z.array(z.int().min(1).max(LARGEST_ID)).min(1).max(MOST_SELECTED) }),
  /** Everything that matches this query of the list. */
  z.object({ query: z.string().max(2_000) }),
]);

/** What was selected in a list, as a form's hidden field carries it. */
export const selectionField = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "Nothing is selected." });
      return z.NEVER;
    }
  })
  .pipe(selected);

export type Selected = z.infer<typeof selected>;

/** The ids of a selection: those given, or whatever matches now, at most MOST_SELECTED. */
export async function selectedIds(
  db: Db,
  served: ServedList<AnyList, never>,
  selection: Selected,
  viewer: Viewer,
  now: Date,
): Promise<number[]> {
  if ("ids" in selection) return selection.ids;
  const values = await served.list.load(new URLSearchParams(selection.query));
  return listIds(db, served.source(values, viewer, now), MOST_SELECTED);
}
