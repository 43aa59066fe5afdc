import { AsyncLocalStorage } from "node:async_hooks";

/** What one HTTP request (or job) has cost so far. `sqlMs` is the sum over its statements, waits included. */
export type RequestContext = { id: string; startedAt: number; statements: number; sqlMs: number };

// The server around Next and the code that Next compiled are two copies of this module: the store is shared by name.
const key = Symbol.for("cohort.request-context");
const shared = globalThis as { [key]?: AsyncLocalStorage<RequestContext> };
shared[key] ??= new AsyncLocalStorage<RequestContext>();
const storage = shared[key];

export const runWithRequest = <T>(context: RequestContext, fn: () => T): T => storage.run(context, fn);

export const currentRequest = (): RequestContext | undefined => storage.getStore();
