import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { staticAnswers } from "./static-answers";

const root = mkdtempSync(join(tmpdir(), "cohort-static-"));
const SCRIPT = "const answer = 42;\n".repeat(200);
let server: Server;
let url: string;

beforeAll(async () => {
  mkdirSync(join(root, ".next/static/chunks"), { recursive: true });
  mkdirSync(join(root, "public"));
  writeFileSync(join(root, ".next/static/chunks/a[b].js"), SCRIPT);
  writeFileSync(join(root, "public/robots.txt"), "User-agent: *");
  writeFileSync(join(root, ".next/secret.json"), "{}");
  const answers = staticAnswers(root);
  server = createServer((request, response) => {
    if (!answers(request, response)) response.writeHead(404).end("not a file");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });

it("sends the build's files compressed, to be kept for ever, and not twice", async () => {
  for (const [accepted, encoding] of [
    ["gzip, deflate, br", "br"],
    ["gzip;q=0.8, br;q=0", "gzip"],
    ["identity", null],
  ] as const) {
    const answer = await get("/_next/static/chunks/a%5Bb%5D.js", { "Accept-Encoding": accepted });
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(await answer.text()).toBe(SCRIPT);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
    const again = await get("/_next/static/chunks/a[b].js", { "If-None-Match": answer.headers.get("etag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  }
});

it("sends small files of public/ as they are, and nothing else", async () => {
  const answer = await get("/robots.txt?v=1");
  expect([answer.status, answer.headers.get("content-encoding"), await answer.text()]).toEqual([
    200,
    null,
    "User-agent: *",
  ]);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=3600");
  for (const path of ["/secret.json", "/_next/secret.json", "/_next/static/%2e%2e/secret.json", "/_next/static/%zz"]) {
    expect((await get(path)).status).toBe(404);
  }
  expect((await fetch(`${url}/robots.txt`, { method: "POST" })).status).toBe(404);
});
