import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";

/**
 * Calls `complete` at the last moment at which headers can be set. Both an explicit writeHead and the implicit one of the
 * first write or end come through here; what the caller passes to writeHead is set before, so that ours wins.
 */
export function beforeHeadersLeave(response: ServerResponse, complete: () => void): void {
  const writeHead = response.writeHead.bind(response);
  type Given = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined;

  response.writeHead = ((status: number, reason?: string | Given, headers?: Given) => {
    const given = typeof reason === "string" ? headers : reason;
    for (const [name, value] of pairs(given)) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead = writeHead;
    complete();
    return typeof reason === "string" ? writeHead(status, reason) : writeHead(status);
  }) as ServerResponse["writeHead"];
}

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
