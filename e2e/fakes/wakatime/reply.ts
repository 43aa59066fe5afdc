import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Failure } from "./failures";

const LARGEST_BODY_BYTES = 1_000_000;
const SLOW_MS = 60_000;

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

export function sendHtml(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><title>WakaTime</title><p>${sentence}</p>`);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new Error("The body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The fields of a form, or of a JSON body, as strings. */
export async function readFields(request: IncomingMessage): Promise<Record<string, string>> {
  const text = await readBody(request);
  if (!text.trimStart().startsWith("{")) return Object.fromEntries(new URLSearchParams(text));
  return Object.fromEntries(Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)]));
}

/** Answers as the failure says. True when that was the answer; false when the real one is still due. */
export async function fail(failure: Failure, response: ServerResponse): Promise<boolean> {
  switch (failure.kind) {
    case "slow":
      await (failure.until?.() ?? wait(failure.delayMs ?? SLOW_MS, undefined, { ref: false }));
      return response.destroyed;
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "html":
      sendHtml(response, 200, "We are down for maintenance.");
      return true;
    case "truncated":
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"data":[{"grand_total":{"total_sec');
      return true;
    case "302":
      response.writeHead(302, { location: "/" });
      response.end();
      return true;
    case "429":
      if (failure.retryAfter !== undefined) response.setHeader("retry-after", String(failure.retryAfter));
      sendJson(response, 429, { error: "Too many requests." });
      return true;
    default:
      sendJson(response, Number(failure.kind), ANSWERS[failure.kind]);
      return true;
  }
}

const ANSWERS = {
  "202": { data: { status: "updating", is_up_to_date: false, percent_calculated: 30 }, message: "Check back later." },
  "401": { errors: ["Unauthorized."] },
  "402": { error: "Upgrade to see more than 2 weeks of history." },
  "403": { error: "This resource requires scopes: read_summaries." },
  "500": { error: "Internal server error." },
};
