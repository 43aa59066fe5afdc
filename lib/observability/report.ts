import { createHash } from "node:crypto";
import type { PoolState } from "@/db/gate";
import type { SharedCache } from "@/lib/cache/shared-cache";
import { answers, askInstance, ownAnswers } from "./instance";
import { knownTexts, ownMetrics, type RequestSeries, type StatementSeries } from "./metrics";
import type { Operation } from "./operations";
import { type ProcessState, watchProcess } from "./process-state";
import { sumOfTimes, type Times } from "./times";

/** `web` answers requests; `front` hands them on to those. */
export type ProcessKind = "web" | "front";

export type ProcessReport = {
  pid: number;
  kind: ProcessKind;
  process: ProcessState;
  requests: RequestSeries[];
  operations: Partial<Record<Operation, Times>>;
  allStatements: Times;
  slowStatements: number;
  pool: PoolState | null;
  cache: CacheState | null;
};

/** All processes of this instance together. */
export type InstanceReport = {
  processes: ProcessReport[];
  requests: RequestSeries[];
  operations: Partial<Record<Operation, Times>>;
  statements: Times;
  slowStatements: number;
  pool: PoolState | null;
  cache: CacheState | null;
};

/** Answers that a process keeps for everybody, and how often it had one. */
export type CacheState = ReturnType<SharedCache["state"]>;

/** `id` stands for the text in addresses and forms: what a browser sends is never run. */
export type KnownStatement = StatementSeries & { id: string };

const cacheKey = Symbol.for("cohort.shared-cache");
const REPORT = "report";
const STATEMENTS = "statements";
/** How many texts a process tells of: those that cost most. */
const STATEMENTS_TOLD = 60;
/** Not what begins a transaction, nor a question for a plan. Comments may stand before it, as db/prepared.ts puts one. */
const HAS_PLAN = /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|--.*\n)*(?:with|select|insert|update|delete)\b/i;
const ANSWER_TIMEOUT_MS = 2_000;

const statementId = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Makes this process answer for itself when its instance is asked, and begin to watch its memory and its loop. */
export function answerReports(kind: ProcessKind, pool: () => PoolState | null = () => null): void {
  const watch = watchProcess();
  answers(REPORT, (): ProcessReport => {
    const { requests, operations, allStatements, slowStatements } = ownMetrics();
    const own = { pid: process.pid, kind, process: watch.state(), pool: pool(), cache: cacheState() };
    return { ...own, requests: [...requests.values()], operations, allStatements, slowStatements };
  });
  answers(STATEMENTS, (): StatementSeries[] =>
    costliest(knownTexts(ownMetrics()).filter(({ text }) => HAS_PLAN.test(text))),
  );
}

/** By name (lib/cache/process-cache.ts): whoever only reports has no use for what that module loads. */
const cacheState = (): CacheState | null => (globalThis as { [cacheKey]?: SharedCache })[cacheKey]?.state() ?? null;

const costliest = <Each extends StatementSeries>(statements: Each[]): Each[] =>
  statements.sort((a, b) => b.times.sumMs - a.times.sumMs).slice(0, STATEMENTS_TOLD);

/** What all processes say. One that is too busy to answer is missing from the sums, and from `processes`. */
export async function instanceReport(): Promise<InstanceReport> {
  const told = await askInstance<ProcessReport>(REPORT, ANSWER_TIMEOUT_MS);
  if (told.length > 0) return addUp(told);
  // The question went unanswered: this process speaks for itself.
  const own = await ownAnswers(REPORT);
  if (own.length > 0) return addUp(own as ProcessReport[]);
  // Under another server than ours nobody has said what it answers.
  answerReports("web");
  return addUp((await ownAnswers(REPORT)) as ProcessReport[]);
}

export function addUp(processes: ProcessReport[]): InstanceReport {
  const requests = grouped(
    processes.flatMap((each) => each.requests),
    ({ method, route, status }) => `${method} ${route} ${status}`,
    (same, [first]) => ({
      ...first,
      times: sumOfTimes(same.map(({ times }) => times)),
      statements: same.reduce((sum, each) => sum + each.statements, 0),
      sqlMs: same.reduce((sum, each) => sum + each.sqlMs, 0),
    }),
  );
  const names = new Set(processes.flatMap((each) => Object.keys(each.operations) as Operation[]));
  const pools = processes.flatMap(({ pool }) => pool ?? []);
  const caches = processes.flatMap(({ cache }) => cache ?? []);
  const kept = (pick: (cache: CacheState) => number) => caches.reduce((sum, cache) => sum + pick(cache), 0);
  const total = (pick: (pool: PoolState) => number) => pools.reduce((sum, pool) => sum + pick(pool), 0);
  return {
    processes,
    requests,
    operations: Object.fromEntries(
      [...names].map((name) => [name, sumOfTimes(processes.flatMap((each) => each.operations[name] ?? []))]),
    ),
    statements: sumOfTimes(processes.map((each) => each.allStatements)),
    slowStatements: processes.reduce((sum, each) => sum + each.slowStatements, 0),
    cache:
      caches.length === 0
        ? null
        : {
            hits: kept((cache) => cache.hits),
            misses: kept((cache) => cache.misses),
            secondHits: kept((cache) => cache.secondHits),
            entries: kept((cache) => cache.entries),
            bytes: kept((cache) => cache.bytes),
          },
    pool:
      pools.length === 0
        ? null
        : {
            size: total((pool) => pool.size),
            inUse: total((pool) => pool.inUse),
            waiting: total((pool) => pool.waiting),
            refused: total((pool) => pool.refused),
            waits: sumOfTimes(pools.map((pool) => pool.waits)),
            utilization: total((pool) => pool.utilization * pool.size) / total((pool) => pool.size),
          },
  };
}

/** The statements that cost this instance most, the costliest first. */
export async function knownStatements(): Promise<KnownStatement[]> {
  const told = (await askInstance<StatementSeries[]>(STATEMENTS, ANSWER_TIMEOUT_MS)).flat();
  return costliest(
    grouped(
      told,
      ({ text }) => text,
      (same, [{ text }]) => ({ id: statementId(text), text, times: sumOfTimes(same.map(({ times }) => times)) }),
    ),
  );
}

function grouped<Each, Sum>(
  all: Each[],
  nameOf: (each: Each) => string,
  sum: (same: Each[], first: [Each]) => Sum,
): Sum[] {
  const groups = new Map<string, [Each, ...Each[]]>();
  for (const each of all) {
    const name = nameOf(each);
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return [...groups.values()].map((same) => sum(same, [same[0]]));
}
