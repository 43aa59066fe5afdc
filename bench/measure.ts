import { setTimeout as wait } from "node:timers/promises";
import { type Figures, figuresOf, isProduct, type Slice, shareOf } from "./figures";
import type { Clients } from "./load/clients";
import { watchPool } from "./pool";
import type { Running } from "./server/process";
import { watchMemory } from "./server/processes";
import { headersOf, type Target } from "./targets";

/** The yardsticks run often, and are warm by that alone: without this, what is compared would not be equally warm. */
const WARM_SECONDS = 5;
const WARM_CONNECTIONS = 16;
/** Pages between two looks at the framework's floor. */
const PAGES_TOGETHER = 3;
const ROUNDS_UP_TO = 100;
const SETTLE_TIMEOUT_MS = 30_000;
/** A single answer that takes longer will not come. */
const ONE_ANSWER_MS = 10_000;

export type Servers = Record<Target["server"], Running>;
/** `cookie` is an admin's, who may ask the product how it is. */
export type Bench = { clients: Clients; servers: Servers; targets: Target[]; yardsticks: Target[]; cookie: string };

/** One stretch of load on one address, begun when the server has nothing else to do. */
async function stretch(
  { clients, servers, cookie }: Bench,
  target: Target,
  connections: number,
  seconds: number,
): Promise<Slice> {
  const server = servers[target.server];
  const { path, method = "GET" } = target;
  const tag = await settle(server, target);
  const conditions: Record<string, string> = target.conditional && tag ? { "If-None-Match": tag } : {};
  const headers = { ...headersOf(target), ...conditions };
  const memory = watchMemory(server.pid);
  const pool = isProduct(target.server) ? watchPool(server.url, cookie) : null;
  const answer = await clients.load({
    url: server.url + path,
    method,
    headers,
    connections,
    seconds,
  });
  const poolShare = (await pool?.stop()) ?? null;
  return { ...answer, target: target.name, server: target.server, connections, peakMb: memory.stop(), poolShare };
}

/** An answer behind which nothing waits any more, and its ETag. Anything but 200 would be a wrong address. */
async function settle(server: Running, target: Target): Promise<string | null> {
  const options = { method: target.method ?? "GET", headers: headersOf(target), redirect: "manual" } as const;
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const signal = AbortSignal.timeout(ONE_ANSWER_MS);
    const answer = await fetch(server.url + target.path, { ...options, signal }).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    if (answer?.status === 200) return answer.headers.get("etag");
    if (Date.now() > deadline)
      throw new Error(`${target.name} (${target.path}) answers ${answer?.status ?? "nothing"}.`);
    await wait(200);
  }
}

/** Code runs slowly until it has run often. */
export async function warmUp(bench: Bench): Promise<void> {
  for (const target of [...bench.yardsticks, ...bench.targets]) {
    await stretch(bench, target, WARM_CONNECTIONS, WARM_SECONDS);
  }
}

/** The targets with their yardsticks between them, so that both meet the same machine. */
export function inTurns(targets: Target[], yardsticks: Target[]): Target[] {
  const pages = targets.filter(({ kind, yardsticks: by }) => kind === "page" && by.length > 0);
  const floors = yardsticks.filter(({ name }) => pages.some((page) => page.yardsticks.includes(name)));
  const turns: Target[] = [];
  for (let index = 0; index < pages.length; index += PAGES_TOGETHER) {
    turns.push(...floors, ...pages.slice(index, index + PAGES_TOGETHER));
  }
  turns.push(...floors);
  for (const yardstick of yardsticks.filter(({ kind }) => kind === "json")) {
    const judged = targets.filter((target) => target.yardsticks.includes(yardstick.name));
    if (judged.length > 0) turns.push(yardstick, ...judged, yardstick);
  }
  return [...turns, ...targets.filter((target) => target.yardsticks.length === 0)];
}

/** Everything at one number of connections: `seconds` for each target, spread over several rounds. */
export async function measureLevel(bench: Bench, connections: number, seconds: number): Promise<Figures[]> {
  // A crowd's answers take seconds: cut into pieces, the slow ones would never be seen.
  const rounds = connections > ROUNDS_UP_TO ? 1 : Math.min(3, Math.max(1, Math.floor(seconds / 2)));
  const turns = inTurns(bench.targets, bench.yardsticks);
  const slices: Slice[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const target of turns) slices.push(await stretch(bench, target, connections, seconds / rounds));
  }
  return [...new Set(turns)].map((target) =>
    figuresOf(
      slices.filter((slice) => slice.target === target.name),
      Object.fromEntries(target.yardsticks.map((name) => [name, shareOf(slices, target.name, name)])),
    ),
  );
}

/** Pages and JSON for as long as a bar asks, each at once. */
export async function measureCrowd(
  bench: Bench,
  names: string[],
  connections: number,
  seconds: number,
): Promise<Figures[]> {
  const lines: Figures[] = [];
  for (const target of bench.targets.filter(({ name }) => names.includes(name))) {
    lines.push(figuresOf([await stretch(bench, target, connections, seconds)]));
  }
  return lines;
}
