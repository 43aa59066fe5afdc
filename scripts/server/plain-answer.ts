import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** What the server itself says when no page can: without the database, without scripts, in words. */
export type PlainAnswer = { status: number; title: string; sentence: string; retryAfterSeconds?: number };

export const BUSY: PlainAnswer = {
  status: 503,
  title: "The academy is very busy right now",
  sentence: "More people asked at once than can be answered. Please try again in a moment.",
  retryAfterSeconds: 2,
};

export const DATABASE_AWAY: PlainAnswer = {
  status: 503,
  title: "The academy's data cannot be reached right now",
  sentence: "Nothing is lost, and it usually comes back by itself. Please try again in a moment.",
  retryAfterSeconds: 2,
};

export const BROKEN_OFF: PlainAnswer = {
  status: 502,
  title: "Your request was broken off",
  sentence: "The server stopped while it worked on it. Please look whether it was done before you try again.",
};

export const BAD_REQUEST: PlainAnswer = {
  status: 400,
  title: "This address cannot be read",
  sentence: "Please check it, or start again from the first page.",
};

/** Whoever asks for JSON is answered in v1's error shape, everybody else by a page. */
export function plainBody(request: IncomingMessage, answer: PlainAnswer, requestId: string) {
  const json = wantsJson(request);
  const headers: OutgoingHttpHeaders = {
    "Content-Type": json ? "application/json" : "text/html; charset=utf-8",
    "Cache-Control": "private, no-store",
    ...(answer.retryAfterSeconds && { "Retry-After": String(answer.retryAfterSeconds) }),
  };
  const body = json ? jsonOf(answer) : pageOf(answer, requestId);
  return { headers, body: Buffer.from(body) };
}

function wantsJson({ url = "/", headers }: IncomingMessage): boolean {
  return /^\/(api|metrics|healthz|readyz)(\/|\?|$)/.test(url) || /^application\/json\b/.test(headers.accept ?? "");
}

function jsonOf({ status, title, sentence }: PlainAnswer): string {
  const message = `${title}. ${sentence}`;
  const code = status === 400 ? "invalid" : "unavailable";
  return JSON.stringify({ success: false, message, detail: message, error: { code, fields: {} } });
}

const STYLE =
  "body{font:15px/1.6 system-ui,sans-serif;max-width:26rem;margin:18vh auto;padding:0 1rem;color:#1c1c1a;background:#fcfcfa}" +
  "h1{font-size:1.25rem;margin:0 0 .4rem}p{margin:0 0 1rem;color:#5f5f5a}a{color:inherit}small{color:#7a7a74}" +
  "@media(prefers-color-scheme:dark){body{color:#ececea;background:#141413}p,small{color:#a3a39d}}";

function pageOf({ title, sentence }: PlainAnswer, requestId: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>` +
    `<body><main role="alert"><h1>${title}</h1><p>${sentence}</p><p><a href="">Try again</a></p>` +
    `<small>If it stays, tell your academy this id: ${requestId}.</small></main></body></html>`
  );
}

/** For requests that never reached the product: the same headers that it would have sent. */
export function sendPlain(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PlainAnswer,
  { requestId, arrivedAt }: { requestId: string; arrivedAt: number },
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { headers, body } = plainBody(request, answer, requestId);
  response.writeHead(answer.status, {
    ...headers,
    "Content-Length": body.length,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId,
    "X-Process-Time": (Math.max(0, Date.now() - arrivedAt) / 1000).toFixed(4),
    "Server-Timing": 'db;dur=0.0;desc="0 queries"',
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
