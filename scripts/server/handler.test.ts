import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { currentRequest } from "@/lib/observability/request-context";
import { drain } from "./drain";
import { createHandler, type HandlerOptions, type SlowRequest } from "./handler";

let server: Server | undefined;
afterEach(() => server?.close());

type Inner = (request: IncomingMessage, response: ServerResponse) => unknown;

async function serve(inner: Inner, options: Partial<HandlerOptions> = {}): Promise<string> {
  const isStatic = (path: string) => path.startsWith("/_next/static/");
  server = createServer(
    createHandler(inner, { dev: false, trustProxy: false, isStatic, onSlow: () => {}, ...options }),
  );
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("what the server puts around every request", () => {
  it("sends an id, the time and the statements of this request alone", async () => {
    const url = await serve(async (request, response) => {
      const context = currentRequest();
      if (!context) throw new Error("no context");
      const count = Number(new URL(request.url ?? "", "http://x").searchParams.get("n"));
      for (let index = 0; index < count; index++) {
        await sleep(2);
        context.statements += 1;
        context.sqlMs += 1.5;
      }
      response.end("body");
    });
    const answers = await Promise.all([1, 3].map((count) => fetch(`${url}/page?n=${count}`)));
    expect(answers.map((answer) => answer.headers.get("server-timing"))).toEqual([
      'db;dur=1.5;desc="1 query"',
      'db;dur=4.5;desc="3 queries"',
    ]);
    for (const answer of answers) {
      expect(answer.headers.get("x-process-time")).toMatch(/^0\.\d{4}$/);
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("takes a proxy's request id only when one is trusted and the id is well formed", async () => {
    const ask = async (url: string, id: string) =>
      (await fetch(url, { headers: { "X-Request-Id": id } })).headers.get("x-request-id");
    const untrusting = await serve((_, response) => response.end());
    expect(await ask(untrusting, "from-the-proxy-1")).not.toBe("from-the-proxy-1");
    server?.close();
    const trusting = await serve((_, response) => response.end(), { trustProxy: true });
    expect(await ask(trusting, "from-the-proxy-1")).toBe("from-the-proxy-1");
    expect(await ask(trusting, "bad id {}")).not.toBe("bad id {}");
  });

  it("gives the page a nonce and the browser the same policy, whatever the page itself would send", async () => {
    let seen: string | undefined;
    const url = await serve((request, response) => {
      seen = request.headers["content-security-policy"] as string;
      response.writeHead(200, { "content-security-policy": "default-src 'self'", "x-of-the-page": "kept" });
      response.end();
    });
    const answer = await fetch(url, { headers: { "Content-Security-Policy": "script-src 'nonce-forged'" } });
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toBe(seen);
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'; /);
    expect(policy).not.toMatch(/unsafe-eval|ws:/);
    expect(answer.headers.get("x-of-the-page")).toBe("kept");
    expect((await fetch(url)).headers.get("content-security-policy")).not.toBe(policy);
  });

  it("leaves static files alone", async () => {
    const url = await serve((_, response) => response.end(String(currentRequest() === undefined)));
    const answer = await fetch(`${url}/_next/static/chunk.js`);
    expect(await answer.text()).toBe("true");
    for (const name of ["x-request-id", "x-process-time", "server-timing", "content-security-policy"]) {
      expect(answer.headers.has(name)).toBe(false);
    }
  });

  it("reports a slow request once, without its query string or the secret of a calendar link", async () => {
    const slow: SlowRequest[] = [];
    const inner: Inner = async (_, response) => {
      await sleep(60);
      response.statusCode = 503;
      response.end();
    };
    const url = await serve(inner, { slowMs: 50, onSlow: (facts) => slow.push(facts) });
    await fetch(`${url}/signup/student?key=secret`, { method: "POST" });
    await expect.poll(() => slow.length).toBe(1);
    expect(slow[0]).toMatchObject({ method: "POST", path: "/signup/student", status: 503 });
    await fetch(`${url}/api/calendar/secret.ics`);
    await expect.poll(() => slow.length).toBe(2);
    expect(slow[1]).toMatchObject({ method: "GET", path: "/api/calendar/…" });
    expect(JSON.stringify(slow)).not.toContain("secret");
  });
});

describe("what the database did not answer", () => {
  const ended: unknown[] = [];
  const page: Inner = (_, response) => {
    const context = currentRequest();
    if (context) context.unanswered = "away";
    response.writeHead(500, { "Content-Type": "text/html", "Content-Encoding": "gzip" });
    // As a stream that is piped here does, which ends when it has heard that its first part is written.
    response.write("the framework's", () => response.end(" own page", () => ended.push(context?.id)));
  };

  it("is 503 in words, in place of the framework's page", async () => {
    const url = await serve(page);
    const answer = await fetch(`${url}/admin`, { headers: { Accept: "text/html" } });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("2");
    const text = await answer.text();
    expect(text).toContain("cannot be reached right now");
    expect(text).toContain(answer.headers.get("x-request-id"));
    expect(text).not.toContain("framework");
    await expect.poll(() => ended).toEqual([answer.headers.get("x-request-id")]);
    expect(await (await fetch(`${url}/api/batches`)).json()).toMatchObject({ error: { code: "unavailable" } });
  });

  it("is 503 for an action too, which keeps what it says to its form; other answers stay as they are", async () => {
    const url = await serve((_, response) => {
      const context = currentRequest();
      if (context) context.unanswered = "busy";
      response.setHeader("Content-Type", "text/x-component");
      response.end("told in words");
    });
    const action = await fetch(url, { method: "POST", headers: { "Next-Action": "1" } });
    expect([action.status, action.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await action.text()).toBe("told in words");
    expect((await fetch(url)).status).toBe(200);
  });
});

describe("a graceful stop", () => {
  it("finishes the requests in progress and takes no new ones", async () => {
    const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const url = await serve(async (_, response) => {
      begun.resolve();
      await finish.promise;
      response.end("finished");
    });
    const inProgress = fetch(url).then((answer) => answer.text());
    await begun.promise;
    const stopped = drain(server as Server, 5_000);
    await expect(fetch(url)).rejects.toThrow();
    finish.resolve();
    expect(await inProgress).toBe("finished");
    expect(await stopped).toBe(true);
  });

  it("does not wait for ever", async () => {
    const begun = Promise.withResolvers<void>();
    const url = await serve(() => begun.resolve());
    const hanging = fetch(url).catch(() => "cut off");
    await begun.promise;
    expect(await drain(server as Server, 100)).toBe(false);
    expect(await hanging).toBe("cut off");
  });
});
