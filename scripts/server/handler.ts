import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type RequestContext, runWithRequest } from "@/lib/observability/request-context";
import { contentSecurityPolicy, newNonce } from "./csp";
import { beforeHeadersLeave } from "./headers";
import { requestId } from "./request-id";

/** A request slower than this is logged. */
const SLOW_REQUEST_MS = 2_000;

export type HandlerOptions = {
  dev: boolean;
  trustProxy: boolean;
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
    const path = (request.url ?? "/").split("?", 1)[0] as string;
    if (options.isStatic(path)) {
      inner(request, response);
      return;
    }
    const context: RequestContext = {
      id: requestId(request.headers, options.trustProxy),
      startedAt: performance.now(),
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

    beforeHeadersLeave(response, () => {
      response.setHeader("X-Request-Id", context.id);
      response.setHeader("X-Process-Time", ((performance.now() - context.startedAt) / 1000).toFixed(4));
      response.setHeader("Server-Timing", serverTiming(context));
      response.setHeader("Content-Security-Policy", policy);
    });
    response.once("close", () => reportSlow(request, response, path, context, options));
    runWithRequest(context, () => inner(request, response));
  };
}

function serverTiming({ statements, sqlMs }: RequestContext): string {
  return `db;dur=${sqlMs.toFixed(1)};desc="${statements} ${statements === 1 ? "query" : "queries"}"`;
}

/** The last part of a calendar link is a secret. */
const loggedPath = (path: string): string => path.replace(/^(\/api\/calendar\/).+/, "$1…");

function reportSlow(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  context: RequestContext,
  { slowMs = SLOW_REQUEST_MS, onSlow }: HandlerOptions,
): void {
  const durationMs = performance.now() - context.startedAt;
  // An event stream stays open on purpose.
  if (durationMs < slowMs || String(response.getHeader("content-type")).startsWith("text/event-stream")) return;
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
