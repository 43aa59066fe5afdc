import { mkdtempSync, rmSync } from "node:fs";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Pool } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { ownMetrics } from "@/lib/observability/metrics";
import { createForwarder, type WebLane } from "./forward";
import { healthAnswers } from "./front-answers";
import { asTheClientSent } from "./front-headers";
import { Turns } from "./turns";

type Inner = (request: IncomingMessage, response: ServerResponse) => unknown;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const listening = (server: Server, where: string | number) =>
  new Promise<void>((resolve) => {
    server.listen(where, () => resolve());
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
  });

/** A front before one process for each of `inners`, all in this process but over real sockets. */
async function serve(inners: Inner[], limits: Partial<ConstructorParameters<typeof Turns>[0]> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "cohort-front-"));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  const turns = new Turns<WebLane>({ turns: 4, open: 10, waiting: 10, waitMs: 5_000, ...limits });
  const webs: Server[] = [];
  for (const [index, inner] of inners.entries()) {
    const web = createServer(inner);
    const socketPath = join(folder, `${index}.sock`);
    await listening(web, socketPath);
    const pool = new Pool("http://web", { socketPath, pipelining: 1 });
    cleanups.push(() => pool.destroy());
    turns.lanes.add({ pool, turns: 0, inProgress: 0 });
    webs.push(web);
  }
  const front = createServer(createForwarder(turns, false));
  await listening(front, 0);
  return { url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`, turns, webs };
}

/** As fetch, which would not let us send such headers. */
function ask(url: string, headers: Record<string, string | string[]>, method = "GET", body?: string) {
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }>((resolve, reject) => {
    const asked = httpRequest(url, { method, headers }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
    });
    asked.once("error", reject).end(body);
  });
}

describe("the front", () => {
  it("says whose a request is, which nobody can forge, and keeps what belongs to one connection", async () => {
    const { url } = await serve([
      (request, response) => {
        const waitedMs = asTheClientSent(request);
        response.writeHead(201, { "Set-Cookie": ["a=1", "b=2"], Connection: "keep-alive, x-of-the-hop" });
        response.end(JSON.stringify({ seen: request.headers, from: request.socket.remoteAddress, waitedMs }));
      },
    ]);
    const answer = await ask(`${url}/a?b=c`, {
      Host: "academy.example",
      "X-Forwarded-For": "203.0.113.9",
      "X-Cohort-Client": "198.51.100.1",
      "X-Cohort-Arrived": "1",
      Connection: "close, x-private",
      "X-Private": "of this connection",
      Te: "trailers",
    });
    const { seen, from, waitedMs } = JSON.parse(answer.body);
    expect(from).toMatch(/127\.0\.0\.1$/);
    expect(waitedMs).toBeLessThan(5_000);
    expect(seen).toMatchObject({ host: "academy.example", "x-forwarded-for": "203.0.113.9" });
    for (const name of ["x-cohort-client", "x-cohort-arrived", "x-private", "te"])
      expect(seen).not.toHaveProperty(name);
    expect(answer.status).toBe(201);
    expect(answer.headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  });

  it("carries small and large bodies both ways, whole", async () => {
    const { url } = await serve([(request, response) => request.pipe(response)]);
    for (const size of [10, 1_000_000]) {
      const body = "ä".repeat(size);
      expect((await (await fetch(url, { method: "POST", body })).text()) === body).toBe(true);
    }
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("in parts"));
        controller.close();
      },
    });
    const answer = await fetch(url, { method: "POST", body: stream, duplex: "half" } as RequestInit);
    expect(await answer.text()).toBe("in parts");
  });

  it("asks a question again that a dying process left without an answer, and nothing else", async () => {
    const asked: string[] = [];
    const dies: Inner = (request) => {
      asked.push(`${request.method} first`);
      request.resume().once("end", () => {
        turns.lanes.delete(first);
        request.socket.destroy();
      });
    };
    const lives: Inner = (request, response) => {
      asked.push(`${request.method} second`);
      response.end("answered");
    };
    const { url, turns } = await serve([dies, lives]);
    const [first, second] = [...turns.lanes] as [WebLane, WebLane];
    expect(await (await fetch(url)).text()).toBe("answered");
    expect(asked.splice(0)).toEqual(["GET first", "GET second"]);

    turns.lanes.delete(second);
    turns.lanes.add(first).add(second);
    const post = await fetch(url, { method: "POST", body: "x", headers: { Accept: "application/json" } });
    expect(post.status).toBe(502);
    expect(((await post.json()) as { message: string }).message).toContain("broken off");
    expect(asked).toEqual(["POST first"]);
  });

  it("takes headers without a byte of the body for no answer", async () => {
    const begins: Inner = (request, response) => {
      turns.lanes.delete(first);
      response.writeHead(200, { "Content-Length": "5" }).flushHeaders();
      setTimeout(() => request.socket.destroy(), 20);
    };
    const { url, turns } = await serve([begins, (_, response) => response.end("whole")]);
    const [first] = [...turns.lanes] as [WebLane];
    expect(await (await fetch(url)).text()).toBe("whole");
  });

  it("does not ask for ever what ends every process", async () => {
    let asked = 0;
    const dies: Inner = (request) => {
      asked += 1;
      request.socket.destroy();
    };
    const { url } = await serve([dies]);
    expect((await fetch(url)).status).toBe(502);
    expect(asked).toBe(2);
  });

  it("brings whatever never reached a process to the next one", async () => {
    const { url, turns, webs } = await serve([
      () => {},
      async (request, response) => {
        for await (const chunk of request) response.write(chunk);
        response.end();
      },
    ]);
    const [gone] = [...turns.lanes] as [WebLane];
    await new Promise((resolve) => webs[0]?.close(resolve));
    const post = fetch(url, { method: "POST", body: "not lost" });
    expect(await (await post).text()).toBe("not lost");
    expect(turns.lanes.has(gone)).toBe(false);
  });

  it("tells who never reached a process that it is busy, not that something was broken off; and counts it", async () => {
    const counted = () =>
      [...ownMetrics().requests.values()].reduce(
        (sum, { method, status, times }) => sum + (method === "POST" && status === 503 ? times.count : 0),
        0,
      );
    const { url, turns, webs } = await serve([() => {}], { waitMs: 30 });
    const [lane] = [...turns.lanes] as [WebLane];
    let closed = 0;
    lane.closed = () => {
      closed += 1;
    };
    await new Promise((resolve) => webs[0]?.close(resolve));
    const before = counted();
    const posts = Promise.all(["a", "b"].map((body) => fetch(url, { method: "POST", body })));
    const sweeping = setInterval(() => turns.sweep(), 10);
    cleanups.push(() => clearInterval(sweeping));
    expect((await posts).map(({ status }) => status)).toEqual([503, 503]);
    expect([turns.lanes.size, closed]).toEqual([0, 1]);
    expect(counted() - before).toBe(2);
  });

  it("keeps an HTTP/1.0 request without a host as it came", async () => {
    const { url } = await serve([
      (request, response) => {
        asTheClientSent(request);
        response.end(`host: ${request.headers.host}`);
      },
    ]);
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write("GET / HTTP/1.0\r\n\r\n");
    let text = "";
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/host: undefined$/);
  });

  it("says by itself whether it is there, whoever waits", async () => {
    let ready = false;
    const isHealth = healthAnswers(() => ready, false);
    const front = createServer((request, response) => isHealth(request, response) || response.writeHead(404).end());
    await listening(front, 0);
    const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    ready = true;
    const answer = await fetch(`${url}/healthz?of=a-probe`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
    expect((await fetch(`${url}/healthz`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${url}/healthz/more`)).status).toBe(404);
  });

  it("answers 503 in words when too many wait, and drops whoever goes away", async () => {
    const aborted: string[] = [];
    const { url, turns } = await serve(
      [(request, response) => response.once("close", () => aborted.push(request.url as string))],
      { turns: 1, waiting: 1 },
    );
    const leaving = new AbortController();
    const gone = [fetch(`${url}/first`, leaving), fetch(`${url}/second`, leaving)].map((each) =>
      each.catch(() => "gone"),
    );
    await expect.poll(() => turns.waiting).toBe(1);
    const page = await fetch(`${url}/admin`, { headers: { Accept: "text/html" } });
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("2");
    expect(await page.text()).toContain("<h1>The academy is very busy right now</h1>");
    const json = await fetch(`${url}/api/v1/users`);
    expect(await json.json()).toMatchObject({ success: false, error: { code: "unavailable" } });
    leaving.abort();
    expect(await Promise.all(gone)).toEqual(["gone", "gone"]);
    await expect.poll(() => aborted).toEqual(["/first"]);
    await expect.poll(() => [turns.waiting, turns.inProgress]).toEqual([0, 0]);
  });

  it("passes an event stream on as it comes, and takes no more than its client reads", async () => {
    let written = 0;
    const { url } = await serve([
      (request, response) => {
        if (request.url === "/stream") {
          response.writeHead(200, { "Content-Type": "text/event-stream" });
          response.flushHeaders();
          setTimeout(() => response.write("data: one\n\n"), 20);
          return;
        }
        const chunk = Buffer.alloc(64 * 1024);
        const chunks = function* () {
          for (let index = 0; index < 400; index++) {
            written += chunk.length;
            yield chunk;
          }
        };
        Readable.from(chunks()).pipe(response);
      },
    ]);
    const stream = new AbortController();
    const events = await fetch(`${url}/stream`, stream);
    const first = await events.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe("data: one\n\n");
    stream.abort();

    const stopped = new Promise<IncomingMessage>((resolve) => {
      httpRequest(`${url}/large`, (answer) => resolve(answer.pause())).end();
    });
    const answer = await stopped;
    let before = -1;
    await expect
      .poll(() => {
        const still = written === before;
        before = written;
        return still;
      })
      .toBe(true);
    expect(written).toBeLessThan(13_000_000);
    let bytes = 0;
    for await (const chunk of answer) bytes += (chunk as Buffer).length;
    expect(bytes).toBe(400 * 64 * 1024);
  });
});
