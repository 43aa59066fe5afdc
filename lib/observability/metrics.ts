import { log } from "./log";
import { type Operation, operationOf } from "./operations";
import { PREFETCH, readRoutes } from "./routes";
import { addTime, noTimes, type Times } from "./times";

/** Requests of one method, route and status, since the process began. */
export type RequestSeries = {
  method: string;
  route: string;
  status: number;
  times: Times;
  statements: number;
  sqlMs: number;
};
/** One statement's text, as it was sent: without the values of its parameters. */
export type StatementSeries = { text: string; times: Times };

export type Metrics = {
  requests: Map<string, RequestSeries>;
  /** By what can be told of a text without reading all of it. */
  statements: Map<string, StatementSeries[]>;
  allStatements: Times;
  slowStatements: number;
  operations: Partial<Record<Operation, Times>>;
};

export type ObservedRequest = {
  /** As in the log. */
  id?: string;
  method: string;
  /** Without its query string. */
  path: string;
  /** Asked for by a browser before anybody follows the link: most of the page is left out of the answer. */
  prefetch?: boolean;
  status: number;
  durationMs: number;
  statements: number;
  sqlMs: number;
};

/** From here on a request is logged as slow whatever it was for (scripts/server/handler.ts). */
const SLOW_REQUEST_MS = 2_000;
export const SLOW_STATEMENT_MS = 100;
/** Texts that are remembered; of more, those that cost most. */
const MOST_STATEMENTS = 300;
const LONGEST_TEXT = 40_000;
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

// The server around Next and the code that Next compiled are two copies of this module: what they count is shared.
const key = Symbol.for("cohort.metrics");
const shared = globalThis as { [key]?: Metrics };
shared[key] ??= {
  requests: new Map(),
  statements: new Map(),
  allStatements: noTimes(),
  slowStatements: 0,
  operations: {},
};

/** What this process has counted. */
export const ownMetrics = (): Metrics => shared[key] as Metrics;

let nameOf: ((path: string) => string) | undefined;

/** Told about each request as it ends; one that took longer than its purpose allows is logged. */
export function observeRequest({ id, method, path, prefetch, ...cost }: ObservedRequest): void {
  nameOf ??= readRoutes();
  const { status, durationMs, statements, sqlMs } = cost;
  const metrics = ownMetrics();
  const verb = METHODS.has(method) ? method : "OTHER";
  // A page's times are those of pages: its prefetches would make them look better than anybody sees.
  const route = prefetch ? PREFETCH : nameOf(path);
  const name = `${verb} ${route} ${status}`;
  let series = metrics.requests.get(name);
  if (!series) {
    series = { method: verb, route, status, times: noTimes(), statements: 0, sqlMs: 0 };
    metrics.requests.set(name, series);
  }
  addTime(series.times, durationMs);
  series.statements += statements;
  series.sqlMs += sqlMs;

  const operation = operationOf(route);
  if (!operation || (verb !== "GET" && operation.name !== "wakatime")) return;
  metrics.operations[operation.name] ??= noTimes();
  addTime(metrics.operations[operation.name] as Times, durationMs);
  // Above that, the line about the slow request says it all.
  if (durationMs > operation.slowMs && durationMs < SLOW_REQUEST_MS) {
    const facts = { operation: operation.name, durationMs: Math.round(durationMs), limitMs: operation.slowMs };
    log.warn({ ...(id && { request: id }), ...facts, statements, sqlMs: Math.round(sqlMs) }, "slow operation");
  }
}

/** Told about each statement that was answered, or failed. */
export function observeStatement(text: string, ms: number): void {
  const metrics = ownMetrics();
  addTime(metrics.allStatements, ms);
  if (ms > SLOW_STATEMENT_MS) metrics.slowStatements += 1;
  if (text.length > LONGEST_TEXT) return;
  const place = placeOf(text);
  const alike = metrics.statements.get(place);
  let series = alike?.find((each) => each.text === text);
  if (!series) {
    const known = knownTexts(metrics);
    if (known.length >= MOST_STATEMENTS) forgetCheapest(metrics.statements, known);
    series = { text, times: noTimes() };
    metrics.statements.set(place, [...(metrics.statements.get(place) ?? []), series]);
  }
  addTime(series.times, ms);
}

/** Texts are long and put together anew for each request: to compare two costs a microsecond, to hash one fifty. */
const placeOf = (text: string): string => `${text.length} ${text.slice(0, 40)} ${text.slice(-40)}`;

export const knownTexts = ({ statements }: Metrics): StatementSeries[] => [...statements.values()].flat();

/** Texts with a list of their own length in them come once and never again: those make room. */
function forgetCheapest(statements: Metrics["statements"], known: StatementSeries[]): void {
  const cheapest = known.reduce((least, each) => (each.times.sumMs < least.times.sumMs ? each : least));
  const place = placeOf(cheapest.text);
  const left = statements.get(place)?.filter((each) => each !== cheapest) ?? [];
  if (left.length > 0) statements.set(place, left);
  else statements.delete(place);
}
