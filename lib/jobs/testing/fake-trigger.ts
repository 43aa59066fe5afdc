import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A task that somebody has triggered. */
export type TriggeredRun = { id: string; task: string; payload: unknown; options: Record<string, unknown> };

/** A call as it arrived: `lines` are the items of a batch, else one body. */
export type TriggerCall = { path: string; headers: IncomingHttpHeaders; lines: Record<string, unknown>[] };

/** What goes wrong with the next call whose path contains `path`. "lost": it is done, and the answer never arrives. */
export type TriggerFailure = { path?: string; kind: number | "lost" | "silent" | "unsealed" | "page" };

type Trigger = { payload: string; options: Record<string, unknown> };

const KEY = "tr_prod_fake";

/** Stands in for Trigger.dev's API: takes triggers and batches over HTTP, and remembers idempotency keys and requests. */
export async function startFakeTrigger() {
  const calls: TriggerCall[] = [];
  const runs: TriggeredRun[] = [];
  const failures: TriggerFailure[] = [];
  const batches = new Map<string, { expected: number; taken: Set<number> }>();
  const answered = new Map<string, object>();

  function trigger(task: string, { payload, options }: Trigger): { id: string; isCached: boolean } {
    const key = options.idempotencyKey;
    const known = key ? runs.find((run) => run.task === task && run.options.idempotencyKey === key) : undefined;
    if (known) return { id: known.id, isCached: true };
    const id = `run_${runs.length + 1}`;
    // Values are plain JSON: nothing that superjson would have to describe.
    runs.push({ id, task, payload: JSON.parse(payload).json, options });
    return { id, isCached: false };
  }

  function takeItems(id: string, lines: Record<string, unknown>[]): object | null {
    const batch = batches.get(id);
    if (!batch) return null;
    const fresh = lines.filter((line) => !batch.taken.has(line.index as number));
    for (const line of fresh) {
      batch.taken.add(line.index as number);
      trigger(line.task as string, line as Trigger);
    }
    const sealed = batch.taken.size === batch.expected;
    return { id, itemsAccepted: fresh.length, itemsDeduplicated: lines.length - fresh.length, sealed };
  }

  function answerTo(path: string, lines: Record<string, unknown>[]): object | null {
    const task = path.match(/^\/api\/v1\/tasks\/([^/]+)\/trigger$/)?.[1];
    if (task) return trigger(decodeURIComponent(task), lines[0] as Trigger);
    const items = path.match(/^\/api\/v3\/batches\/([^/]+)\/items$/)?.[1];
    if (items) return takeItems(items, lines);
    if (path !== "/api/v3/batches") return null;
    const id = `batch_${batches.size + 1}`;
    batches.set(id, { expected: lines[0]?.runCount as number, taken: new Set() });
    return { id, runCount: lines[0]?.runCount, isCached: false };
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    let text = "";
    for await (const chunk of request) text += chunk;
    const path = request.url ?? "";
    const lines = text.split("\n").filter(Boolean);
    const call: TriggerCall = { path, headers: request.headers, lines: lines.map((line) => JSON.parse(line)) };
    calls.push(call);
    const send = (status: number, body: object) =>
      // The header keeps the SDK from signing a public token of its own.
      response
        .writeHead(status, { "content-type": "application/json", "x-trigger-jwt": "x" })
        .end(JSON.stringify(body));

    if (request.headers.authorization !== `Bearer ${KEY}`) return send(401, { error: "Invalid API Key" });
    const index = failures.findIndex((each) => path.includes(each.path ?? ""));
    const kind = index < 0 ? undefined : failures.splice(index, 1)[0]?.kind;
    if (typeof kind === "number") return send(kind, { error: "No" });
    if (kind === "silent") return;
    if (kind === "page") return response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>");

    if (kind === "unsealed") call.lines.pop();
    const id = String(request.headers["x-trigger-request-idempotency-key"]);
    const known = id === "undefined" ? undefined : answered.get(id);
    const answer = known ?? answerTo(path, call.lines);
    if (!answer) return send(404, { error: "Not found" });
    // A batch that is still open is asked again.
    if (id !== "undefined" && (answer as { sealed?: boolean }).sealed !== false) answered.set(id, answer);
    if (kind === "lost") return request.socket.destroy();
    send(200, answer);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: KEY,
    calls,
    /** One per task and idempotency key. */
    runs,
    failures,
    reset() {
      for (const list of [calls, runs, failures]) list.length = 0;
      batches.clear();
      answered.clear();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type FakeTrigger = Awaited<ReturnType<typeof startFakeTrigger>>;
