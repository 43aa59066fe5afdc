import type { z } from "zod";
import type { Viewer } from "@/db/queries/session";
import { toFailure } from "@/lib/action";
import { fieldErrors } from "@/lib/auth/credentials";
import { actorOf, getViewer } from "@/lib/auth/current";
import { isForeignWrite } from "@/lib/auth/foreign-write";
import { can } from "@/lib/auth/permissions";
import { isKnown, type SharedBody } from "@/lib/cache/shared-body";
import { type ErrorCode, type Failure, failure, LOOKING_ONLY } from "@/lib/errors";
import { withoutNul } from "@/lib/input";

const STATUS: Record<ErrorCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
  unexpected: 500,
};

const PRIVATE = { "Cache-Control": "private, no-store" };
const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/** The v1 envelope around an answer. */
export const apiData = (data: unknown, message: string | null = null): Response =>
  Response.json({ success: true, message, data, error: null }, { headers: PRIVATE });

/**
 * The same envelope around what is written out already; 304 to a client that has it. Browsers are still told to keep
 * nothing, because people's addresses stand in it: who wants a 304 keeps the answer knowingly and sends its tag.
 */
export function apiShared(request: Request, { body, etag }: SharedBody): Response {
  const headers = { ...PRIVATE, ETag: etag };
  if (isKnown(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const text = `{"success":true,"message":null,"data":${body},"error":null}`;
  return new Response(text, { headers: { ...headers, "Content-Type": "application/json" } });
}

/** An answer that v1 sends without an envelope. */
export const apiBare = (data: unknown): Response => Response.json(data, { headers: PRIVATE });

/** The one error shape; `detail` says the same as `message`, for clients of the old API. */
export function apiError({ code, message, fields, retryAfterSeconds }: Failure): Response {
  const headers = { ...PRIVATE, ...(retryAfterSeconds && { "Retry-After": String(retryAfterSeconds) }) };
  const body = { success: false, message, detail: message, error: { code, fields: fields ?? {} } };
  return Response.json(body, { status: STATUS[code], headers });
}

type Access = "public" | "signed-in" | "staff";
type Context = { params: Promise<Record<string, string>> };
type Call<A extends Access> = {
  request: Request;
  params: Record<string, string>;
  viewer: A extends "public" ? Viewer | null : Viewer;
};

/** A JSON route: refuses writes from other sites and callers without `access`, and answers every failure in one shape. */
export function apiRoute<A extends Access>(access: A, handle: (call: Call<A>) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      if (!READING.has(request.method) && isForeignWrite(request.headers)) {
        return apiError(failure("forbidden", "This request came from another site."));
      }
      const viewer = access === "public" ? null : await getViewer();
      if (access !== "public" && !viewer) return apiError(failure("unauthenticated", "Please sign in."));
      if (access === "staff" && viewer && !can(actorOf(viewer), "staff-area.enter")) {
        return apiError(failure("forbidden", "Only staff may see this."));
      }
      if (!READING.has(request.method) && viewer?.viewedBy) {
        return apiError(failure("forbidden", LOOKING_ONLY));
      }
      return await handle({ request, params: await context.params, viewer: viewer as Call<A>["viewer"] });
    } catch (error) {
      return apiError(toFailure(error));
    }
  };
}

/** The request's JSON body by `schema`, or the failure to answer. */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<{ ok: true; data: z.infer<Schema> } | Failure> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    return failure("invalid", "The body is not JSON.");
  }
  return parse(body, schema);
}

/** The request's query string by `schema`, or the failure to answer. */
export const readQuery = <Schema extends z.ZodType>(request: Request, schema: Schema) =>
  parse(Object.fromEntries(new URL(request.url).searchParams), schema);

function parse<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
): { ok: true; data: z.infer<Schema> } | Failure {
  const parsed = schema.safeParse(withoutNul(value));
  if (parsed.success) return { ok: true, data: parsed.data };
  const fields = fieldErrors(parsed.error);
  const [field, message] = Object.entries(fields)[0] ?? ["form", "The request is not valid."];
  return failure("invalid", `${field}: ${message}`, { fields });
}
