import autocannon from "autocannon";
import type { LoadAnswer, LoadOrder } from "./message";

/** Answers that take longer than this are given up, as section 10 of the product says. */
const CLIENT_TIMEOUT_SECONDS = 10;
const SAMPLE_MS = 250;
const NOT_MODIFIED = 304;
const TIMING = /^db;dur=([\d.]+);desc="(\d+) /;

type Headers = { headers: string[] };
type Watched = {
  on(event: "headers", listener: (answer: Headers) => void): void;
  on(event: "request", listener: () => void): void;
};

/** The clients: a process of their own, so that their work is not the server's. */
async function load({ url, method, headers, connections, seconds }: LoadOrder): Promise<LoadAnswer> {
  const times: number[] = [];
  let [statements, sqlMs, received, failed] = [0, 0, 0, 0];
  // What the headers of an answer told counts once the answer is whole, as the rest of it does.
  const told = new WeakMap<object, { statements: number; sqlMs: number }>();
  // Since when each client waits: it asks one thing at a time, and the next as soon as that is answered or given up.
  const askedAt = new Map<object, number>();
  const setupClient = (client: object) => {
    (client as Watched).on("request", () => askedAt.set(client, performance.now()));
    (client as Watched).on("headers", ({ headers: raw }) => {
      const at = raw.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === "server-timing");
      const [, ms = 0, count = 0] = TIMING.exec((at >= 0 && raw[at + 1]) || "") ?? [];
      told.set(client, { statements: Number(count), sqlMs: Number(ms) });
    });
  };
  const startedAt = performance.now();
  let endedAt = startedAt;
  const { errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = { url, method, headers, connections, setupClient, timeout: CLIENT_TIMEOUT_SECONDS };
    const run = autocannon(
      { ...options, duration: seconds, sampleInt: SAMPLE_MS } as autocannon.Options,
      (error, result) => (error ? reject(error) : resolve(result)),
    );
    // The last of these is told as the clients stop, before anything is summed up.
    run.on("tick", () => {
      endedAt = performance.now();
    });
    run.on("response", (client, status, bytes, time) => {
      if (status !== NOT_MODIFIED && (status < 200 || status > 299)) failed += 1;
      statements += told.get(client)?.statements ?? 0;
      sqlMs += told.get(client)?.sqlMs ?? 0;
      times.push(time);
      received += bytes;
    });
  });
  // Timeouts are told among the errors too.
  const broken = Math.max(0, errors - timeouts);
  return {
    seconds: (endedAt - startedAt) / 1000,
    requests: times.length,
    failed,
    errors: broken,
    timeouts,
    bytes: received,
    statements,
    sqlMs,
    times,
    underWay: [...askedAt.values()].map((at) => endedAt - at),
  };
}

process.on("message", async (order: LoadOrder) => {
  process.send?.(await load(order));
});
// It waits for orders, which the watch over its parent does not count as work.
process.channel?.ref();
process.send?.("ready");
