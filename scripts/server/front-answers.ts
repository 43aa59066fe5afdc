import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/observability/log";
import { observeRequest } from "@/lib/observability/metrics";
import { type PlainAnswer, sendPlain } from "./plain-answer";
import { loggedPath, requestId } from "./request-id";

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] as string;

/** Whether this is a question for `path`, which may be answered without a web process, or before others. */
export const asksFor = (request: IncomingMessage, path: RegExp): boolean =>
  (request.method === "GET" || request.method === "HEAD") && path.test(pathOf(request));

/** An answer of the front's own to what no web process can answer: logged under the id that the client is told, and counted. */
export function refuseWith(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PlainAnswer,
  { arrivedAt, trustProxy }: { arrivedAt: number; trustProxy: boolean },
): void {
  const { method = "GET" } = request;
  const id = requestId(request.headers, trustProxy);
  const waitedMs = Math.max(0, Date.now() - arrivedAt);
  // Cut off in the middle, nobody is told anything but that.
  const status = response.headersSent ? response.statusCode : answer.status;
  sendPlain(request, response, answer, { requestId: id, arrivedAt });
  log.warn({ request: id, method, path: loggedPath(pathOf(request)), status, waitedMs }, "not answered by a process");
  observeRequest({ id, method, path: pathOf(request), status, durationMs: waitedMs, statements: 0, sqlMs: 0 });
}

/** /healthz: whoever asks whether the server is there does not stand in line. Ready once a web process is. */
export function healthAnswers(isReady: () => boolean, trustProxy: boolean) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!asksFor(request, /^\/healthz$/)) return false;
    const startedAt = performance.now();
    const id = requestId(request.headers, trustProxy);
    const ready = isReady();
    const status = ready ? 200 : 503;
    const body = JSON.stringify({ status: ready ? "ok" : "no web process is ready" });
    response.writeHead(status, {
      "Content-Type": "application/json",
      "Content-Length": body.length,
      "Cache-Control": "no-store",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": id,
      "X-Process-Time": ((performance.now() - startedAt) / 1000).toFixed(4),
      "Server-Timing": 'db;dur=0.0;desc="0 queries"',
    });
    response.end(request.method === "HEAD" ? undefined : body);
    const durationMs = performance.now() - startedAt;
    observeRequest({
      id,
      method: request.method ?? "GET",
      path: "/healthz",
      status,
      durationMs,
      statements: 0,
      sqlMs: 0,
    });
    return true;
  };
}
