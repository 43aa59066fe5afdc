import { Agent, request } from "undici";
import { followAbort } from "@/lib/abort";
import { WakatimeError } from "./errors";

const CONNECT_TIMEOUT_MS = 5_000;
const READ_TIMEOUT_MS = 30_000;
const WHOLE_CALL_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS = 20;
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
/** A server that asks for more patience than this is asked again at the next sync. */
export const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

export type HttpCall = { method: "GET" | "POST"; url: URL; headers: Record<string, string>; body?: string };
export type HttpAnswer = { status: number; contentType: string; text: string };

export const createAgent = () =>
  new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: READ_TIMEOUT_MS,
    bodyTimeout: READ_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connections: CONNECTIONS,
    maxResponseSize: LARGEST_ANSWER_BYTES,
  });

/** Retry-After in milliseconds, given as seconds or as an HTTP date; undefined when absent or unreadable. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS) : undefined;
}

/** The kind of a failed status, by section 8 of the contract; undefined for an answer to be read. */
function failureOf(status: number, text: string): WakatimeError["kind"] | undefined {
  if (status === 202) return "not_ready";
  if (status < 300) return undefined;
  // Over its limit WakaTime redirects as often as it answers 429.
  if (status < 400 || status === 429) return "rate_limited";
  if (status === 401) return "expired";
  if (status === 402) return "out_of_plan";
  if (status === 403) {
    if (/scope/i.test(text)) return "scope";
    // What does not speak of scopes is about what the plan shows, if it is WakaTime that speaks and no wall before it.
    return text.trimStart().startsWith("{") ? "out_of_plan" : "unavailable";
  }
  return status >= 500 || status === 408 ? "unavailable" : "unexpected_shape";
}

/**
 * One call, redirects not followed. Throws WakatimeError for every status that is not a readable answer; `accept`
 * names further statuses that the caller reads itself. An abort by the caller's signal is rethrown as it is.
 */
export async function callOnce(
  agent: Agent,
  call: HttpCall,
  {
    signal,
    accept = [],
    now = Date.now,
  }: { signal?: AbortSignal | undefined; accept?: number[]; now?: () => number } = {},
): Promise<HttpAnswer> {
  const { controller, release } = followAbort(signal, WHOLE_CALL_TIMEOUT_MS);
  const where = `${call.method} ${call.url.pathname}`;
  try {
    const answer = await request(call.url, {
      dispatcher: agent,
      method: call.method,
      headers: call.headers,
      body: call.body ?? null,
      signal: controller.signal,
    });
    const text = await answer.body.text();
    const kind = accept.includes(answer.statusCode) ? undefined : failureOf(answer.statusCode, text);
    if (kind) {
      throw new WakatimeError(kind, `${where} answered ${answer.statusCode}`, {
        status: answer.statusCode,
        retryAfterMs: retryAfterMs(answer.headers["retry-after"], now()),
      });
    }
    return { status: answer.statusCode, contentType: String(answer.headers["content-type"] ?? ""), text };
  } catch (error) {
    if (error instanceof WakatimeError) throw error;
    signal?.throwIfAborted();
    const { code, name } = error as Error & { code?: unknown };
    const reason = typeof code === "string" ? code : name;
    throw new WakatimeError("unavailable", `${where} failed: ${reason}`, { cause: error });
  } finally {
    release();
  }
}
