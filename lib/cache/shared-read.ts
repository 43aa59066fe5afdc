import type { Viewer } from "@/db/queries/session";
import { noteUnanswered } from "@/lib/observability/request-context";
import { processCache } from "./process-cache";
import type { SharedCache, SharedQuestion } from "./shared-cache";

/** On whose behalf is read, by what clock, and out of which cache: the process's own, unless a test says otherwise. */
export type Reader = {
  viewer: Pick<Viewer, "id" | "role" | "dataVersions">;
  now: Date;
  cache?: SharedCache | null;
};

/**
 * What `question` asks, once for all who may see the same. The viewer's versions were read with their session, before
 * this: what everybody had changed by then is in the answer, their own last change first of all.
 */
export function sharedRead<T>(
  { viewer, now, cache = processCache() }: Reader,
  question: SharedQuestion,
  load: () => Promise<T>,
): Promise<T> {
  if (!cache || !viewer.dataVersions) return load();
  // The statement may have been another request's: what it failed of is noted on everyone's who waited for it.
  return cache.read(question, viewer.dataVersions, now, load).catch((error: unknown) => {
    noteUnanswered(error);
    throw error;
  });
}

/** Admins see the same as each other; an instructor sees addresses and keys of their own batches only. */
export const viewOf = ({ role, id }: Reader["viewer"]): string => (role === "admin" ? "admin" : `${role} ${id}`);
