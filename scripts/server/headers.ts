import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** What goes out in place of the answer that was being written. */
export type Replacement = { status: number; headers: OutgoingHttpHeaders; body?: Buffer | undefined };

/** Headers of a body that is replaced. */
const OF_THE_BODY = ["content-encoding", "content-length", "transfer-encoding", "etag", "last-modified"];

/**
 * Calls `complete` with the status at the last moment at which headers can be set. Both an explicit writeHead and the
 * implicit one of the first write or end come through here; what the caller passes to writeHead is set before, so that
 * ours wins. What `complete` returns, where `mayReplace` says so, replaces the answer: status, headers and, if there is
 * one, the body.
 */
export function beforeHeadersLeave(
  response: ServerResponse,
  complete: (status: number) => Replacement | undefined,
  mayReplace: () => boolean,
): void {
  const { writeHead, write, end } = response;
  type Sending = (this: ServerResponse, status: number, reason?: string) => ServerResponse;
  type Given = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined;

  response.writeHead = ((status: number, reason?: string | Given, headers?: Given) => {
    const given = typeof reason === "string" ? headers : reason;
    for (const [name, value] of pairs(given)) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead = writeHead;
    const replacement = complete(status);
    if (!replacement) {
      return typeof reason === "string"
        ? (writeHead as Sending).call(response, status, reason)
        : (writeHead as Sending).call(response, status);
    }
    for (const [name, value] of pairs(replacement.headers)) if (value !== undefined) response.setHeader(name, value);
    if (!replacement.body) return (writeHead as Sending).call(response, replacement.status);
    for (const name of OF_THE_BODY) response.removeHeader(name);
    response.setHeader("Content-Length", replacement.body.length);
    (writeHead as Sending).call(response, replacement.status);
    instead = replacement.body;
    return response;
  }) as ServerResponse["writeHead"];

  // Whoever writes goes on writing, and does not hear that nobody listens. Headers are forced out only where an answer
  // may be replaced: left alone, Node knows the length of a body that comes in one piece.
  let instead: Buffer | undefined;
  const settle = () => {
    if (!response.headersSent && mayReplace()) response.writeHead(response.statusCode);
    return instead;
  };
  response.write = ((...given: Parameters<typeof write>) => {
    if (!settle()) return write.apply(response, given);
    const written = calledAfter(given);
    if (written) process.nextTick(written);
    return true;
  }) as ServerResponse["write"];
  response.end = ((...given: Parameters<typeof end>) =>
    settle()
      ? end.call(response, instead, "utf8", calledAfter(given))
      : end.apply(response, given)) as ServerResponse["end"];
}

const calledAfter = (given: unknown[]) => given.find((each) => typeof each === "function") as (() => void) | undefined;

function pairs(
  headers: OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined,
): [string, OutgoingHttpHeader | undefined][] {
  if (!headers) return [];
  if (!Array.isArray(headers)) return Object.entries(headers);
  const flat = headers.flat() as (string | number)[];
  const result: [string, OutgoingHttpHeader][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2)
    result.push([String(flat[index]), flat[index + 1] as OutgoingHttpHeader]);
  return result;
}
