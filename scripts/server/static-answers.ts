import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ico": "image/x-icon",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};
const WORTH_COMPRESSING = /javascript|text|json|svg|icon/;
const SMALLEST_COMPRESSED_BYTES = 1_024;
/** Compressed once in the life of a process, hence thoroughly; the last step to 11 would take ten times as long. */
const BROTLI_QUALITY = 9;
const GZIP_LEVEL = 9;

/** The build's files have their content's hash in their names; those of public/ keep theirs when they change. */
const FOR_EVER = "public, max-age=31536000, immutable";
const FOR_AN_HOUR = "public, max-age=3600";

type Encoding = "br" | "gzip" | "identity";
type File = { path: string; type: string; caching: string; etag?: string; bodies: Map<Encoding, Promise<Buffer>> };

function filesUnder(folder: string, prefix: string, caching: string): [string, File][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const url = prefix + path.slice(folder.length).replaceAll("\\", "/");
      const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
      return [url, { path, type, caching, bodies: new Map() }];
    });
}

/**
 * Sends the files of the build and of public/ without asking a web process: each is read and compressed once. Returns
 * false for an address that is none of them.
 */
export function staticAnswers(root: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map([
    ...filesUnder(join(root, ".next/static"), "/_next/static", FOR_EVER),
    ...filesUnder(join(root, "public"), "", FOR_AN_HOUR),
  ]);
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const url = (request.url ?? "/").split("?", 1)[0] as string;
    const file = files.get(url) ?? (url.includes("%") ? files.get(decoded(url)) : undefined);
    if (!file) return false;
    send(file, request, response).catch(() => response.destroy());
    return true;
  };
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

async function send(file: File, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const plain = await bodyAs(file, "identity");
  file.etag ??= `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
  const compressible = WORTH_COMPRESSING.test(file.type) && plain.length >= SMALLEST_COMPRESSED_BYTES;
  const encoding = compressible ? encodingOf(String(request.headers["accept-encoding"] ?? "")) : "identity";
  const headers = {
    "Cache-Control": file.caching,
    ETag: file.etag,
    "X-Content-Type-Options": "nosniff",
    ...(compressible && { Vary: "Accept-Encoding" }),
  };
  if (request.headers["if-none-match"]?.includes(file.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const body = encoding === "identity" ? plain : await bodyAs(file, encoding);
  response.writeHead(200, {
    ...headers,
    "Content-Type": file.type,
    "Content-Length": body.length,
    ...(encoding !== "identity" && { "Content-Encoding": encoding }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function encodingOf(accepted: string): Encoding {
  const takes = (name: string) =>
    new RegExp(`(^|[,\\s])${name}(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))\\s*([,;]|$)`).test(accepted);
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : "identity";
}

function bodyAs(file: File, encoding: Encoding): Promise<Buffer> {
  let body = file.bodies.get(encoding);
  if (!body) {
    body = makeBody(file, encoding);
    file.bodies.set(encoding, body);
    body.catch(() => file.bodies.delete(encoding));
  }
  return body;
}

async function makeBody(file: File, encoding: Encoding): Promise<Buffer> {
  if (encoding === "identity") return readFile(file.path);
  const plain = await bodyAs(file, "identity");
  if (encoding === "gzip") return promisify(gzip)(plain, { level: GZIP_LEVEL });
  return promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
