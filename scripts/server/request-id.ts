import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The last part of a calendar link is a secret. */
export const loggedPath = (path: string): string => path.replace(/^(\/api\/calendar\/).+/, "$1…");

const WELL_FORMED = /^[\w.:-]{8,128}$/;

/** The id a proxy in front gave this request, when we trust one; else a new one. It ends up in logs, hence the strict form. */
export function requestId(headers: IncomingHttpHeaders, trustProxy: boolean): string {
  const given = headers["x-request-id"];
  return trustProxy && typeof given === "string" && WELL_FORMED.test(given) ? given : randomUUID();
}
