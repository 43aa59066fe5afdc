import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

// What the front tells a web process about a request. Only the front reaches it, and takes away what a client sent
// under these names, so they are true.
const CLIENT = "x-cohort-client";
const ARRIVED = "x-cohort-arrived";
const OURS = /^x-cohort-/i;

/** Headers of one connection, not of the request (RFC 9110, 7.6.1); `expect` has been answered by the front. */
const HOP_BY_HOP = new Set(
  "connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade expect".split(
    " ",
  ),
);

/** What `Connection` names is of this connection too. */
function namedByConnection(connection: string | undefined): Set<string> | undefined {
  if (!connection || /^(close|keep-alive)$/i.test(connection)) return undefined;
  return new Set(connection.split(",").map((name) => name.trim().toLowerCase()));
}

/** The client's headers, in its order, as they go to a web process. `arrivedAt` is of Date.now(). */
export function headersForWeb(request: IncomingMessage, arrivedAt: number): string[] {
  const { rawHeaders } = request;
  const named = namedByConnection(request.headers.connection);
  const result: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || OURS.test(lower) || named?.has(lower)) continue;
    result.push(name, rawHeaders[index + 1] as string);
  }
  // Of HTTP/1.0; left out, the way to the web process would be named in its place.
  if (request.headers.host === undefined) result.push("host", "");
  result.push(CLIENT, request.socket.remoteAddress ?? "", ARRIVED, String(arrivedAt));
  return result;
}

/** A web process's headers, with duplicates, as they go to the client. */
export function headersForClient(raw: (Buffer | string)[]): string[] {
  const result: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]);
    if (HOP_BY_HOP.has(name.toLowerCase())) continue;
    // Latin-1 is what both ends of HTTP read header bytes as.
    const value = raw[index + 1] as Buffer | string;
    result.push(name, typeof value === "string" ? value : value.toString("latin1"));
  }
  return result;
}

/** In a web process: makes the request look as if the client had come by itself. Returns how long ago that was, in ms. */
export function asTheClientSent(request: IncomingMessage): number {
  const client = request.headers[CLIENT] as string | undefined;
  const arrivedAt = Number(request.headers[ARRIVED]);
  delete request.headers[CLIENT];
  delete request.headers[ARRIVED];
  if (request.headers.host === "") delete request.headers.host;
  const socket = request.socket as Socket & { remoteAddress?: string | undefined };
  if (Object.hasOwn(socket, "remoteAddress")) socket.remoteAddress = client;
  else Object.defineProperty(socket, "remoteAddress", { value: client, writable: true, configurable: true });
  return arrivedAt > 0 ? Math.max(0, Date.now() - arrivedAt) : 0;
}
