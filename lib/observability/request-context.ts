import { AsyncLocalStorage } from "node:async_hooks";
import { DatabaseAwayError, poolBusy } from "@/lib/errors";

/**
 * One HTTP request (or job): who it comes from as the socket saw it, and what it has cost so far. `startedAt` is of
 * performance.now(); `sqlMs` is the sum over its statements, waits for a connection included.
 */
export type RequestContext = {
  id: string;
  startedAt: number;
  remoteAddress?: string;
  statements: number;
  sqlMs: number;
  /** Why its statements were not answered: the server makes the framework's "500" an honest 503. */
  unanswered?: "busy" | "away";
};

// The server around Next and the code that Next compiled are two copies of this module: the store is shared by name.
const key = Symbol.for("cohort.request-context");
const shared = globalThis as { [key]?: AsyncLocalStorage<RequestContext> };
shared[key] ??= new AsyncLocalStorage<RequestContext>();
const storage = shared[key];

export const runWithRequest = <T>(context: RequestContext, fn: () => T): T => storage.run(context, fn);

export const currentRequest = (): RequestContext | undefined => storage.getStore();

/** Notes on this request that the database did not answer it, where that is what the error says. */
export function noteUnanswered(error: unknown): void {
  const request = currentRequest();
  const busy = poolBusy(error);
  if (request && busy) request.unanswered = busy instanceof DatabaseAwayError ? "away" : "busy";
}
