import type { Viewer } from "@/db/queries/session";
import { apiError } from "@/lib/api";
import { failure } from "@/lib/errors";
import { servedList } from "@/lib/lists/registry";

/** The list that a route is about, or the answer for who may not see it. */
export function findList(name: string | undefined, viewer: Viewer) {
  const served = servedList(name);
  if (!served) return { refused: apiError(failure("not_found", "There is no such list.")) };
  if (!served.allowed(viewer)) return { refused: apiError(failure("forbidden", "You may not see this list.")) };
  return { served };
}
