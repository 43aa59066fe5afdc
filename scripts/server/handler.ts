import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { observeRequest } from "@/lib/observability/metrics";
import { type RequestContext, runWithRequest } from "@/lib/observability/request-context";
import { contentSecurityPolicy, newNonce } from "./csp";
import { asTheClientSent } from "./front-headers";
import { beforeHeadersLeave, type Replacement } from "./headers";
import { BUSY, DATABASE_AWAY, plainBody } from "./plain-answer";
import { loggedPath, requestId } from "./request-id";

/** A request slower than this is logged. */
const SLOW_REQUEST_MS = 2_000;

export type HandlerOptions = {
  dev: boolean;
  trustProxy: boolean;
  /** Requests come from our own front, which says whose they are and since when it has them. */
  behindFront?: boolean;
  isStatic: (path: string) => boolean;
  /** Told once about each request that took longer than it should. */
  onSlow: (facts: SlowRequest) => void;
  slowMs?: number;
};

export type SlowRequest = {
  request: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  statements: number;
  sqlMs: number;
};

type Inner = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Puts around every request what pages cannot do themselves: id, timing, statement count, and the policy with its nonce. */
export function createHandler(inner: Inner, options: HandlerOptions): RequestListener {
  return (request, response) => {
    const waitedMs = options.behindFront ? asTheClientSent(request) : 0;
    const path = (request.url ?? "/").split("?", 1)[0] as string;
    if (options.isStatic(path)) {
      inner(request, response);
      return;
    }
    const context: RequestContext = {
      id: requestId(request.headers, options.trustProxy),
      startedAt: performance.now() - waitedMs,
      remoteAddress: request.socket.remoteAddress,
      statements: 0,
      sqlMs: 0,
    };
    const nonce = newNonce();
    const policy = contentSecurityPolicy(nonce, options.dev);
    // Next reads the nonce for its own scripts from this request header.
    request.headers["content-security-policy"] = policy;
    request.headers["x-nonce"] = nonce;
    request.headers["x-request-id"] = context.id;

    const complete = (status: number) => {
      response.setHeader("X-Request-Id", context.id);
      response.setHeader("X-Process-Time", ((performance.now() - context.startedAt) / 1000).toFixed(4));
      response.setHeader("Server-Timing", serverTiming(context));
      response.setHeader("Content-Security-Policy", policy);
      return context.unanswered ? honest(status, request, response, context) : undefined;
    };
    beforeHeadersLeave(response, complete, () => context.unanswered !== undefined);
    response.once("close", () => report(request, response, path, context, options));
    runWithRequest(context, () => inner(request, response));
  };
}

function serverTiming({ statements, sqlMs }: RequestContext): string {
  return `db;dur=${sqlMs.toFixed(1)};desc="${statements} ${statements === 1 ? "query" : "queries"}"`;
}

/**
 * The framework answers 500 when a page throws, and 200 when an action says in words what went wrong or a page is fetched
 * for a visit within the browser. Where the database had no answer for this request, all of them become 503; whoever
 * loads a page is told in words.
 */
function honest(
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): Replacement | undefined {
  // Read by a form, or by the browser's half of the framework, which then loads the page as a whole.
  const inParts = request.headers["next-action"] !== undefined || request.headers.rsc !== undefined;
  if (status !== 500 && !(status === 200 && inParts)) return undefined;
  const answer = context.unanswered === "away" ? DATABASE_AWAY : BUSY;
  const { headers, body } = plainBody(request, answer, context.id);
  if (String(response.getHeader("content-type")).startsWith("text/x-component")) {
    return { status: 503, headers: { "Retry-After": headers["Retry-After"] } };
  }
  return { status: 503, headers, body };
}

/** The framework takes its own headers away as it works on the request; as they came they stay. */
const isPrefetch = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.some((name) => name.toLowerCase() === "next-router-prefetch");

function report(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  context: RequestContext,
  { slowMs = SLOW_REQUEST_MS, onSlow }: HandlerOptions,
): void {
  // An event stream stays open on purpose.
  if (String(response.getHeader("content-type")).startsWith("text/event-stream")) return;
  const durationMs = performance.now() - context.startedAt;
  const { id, statements, sqlMs } = context;
  const { statusCode: status } = response;
  const cost = { status, durationMs, statements, sqlMs };
  observeRequest({ id, method: request.method ?? "GET", path, prefetch: isPrefetch(request), ...cost });
  if (durationMs < slowMs) return;
  onSlow({
    request: context.id,
    method: request.method ?? "GET",
    path: loggedPath(path),
    status: response.statusCode,
    durationMs: Math.round(durationMs),
    statements: context.statements,
    sqlMs: Math.round(context.sqlMs),
  });
}
