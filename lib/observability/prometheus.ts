import { AggregatorRegistry, Registry } from "prom-client";
import type { Operations } from "@/db/queries/operations";
import type { FrontState } from "./front-state";
import type { CacheState, InstanceReport, ProcessReport } from "./report";
import { countUpTo, STEP_ENDS_MS, type Times } from "./times";

type Labels = Record<string, string | number>;
type Value = { value: number; labels: Labels; metricName?: string };
type Metric = {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  values: Value[];
  aggregator: "sum";
};

const REQUEST_BOUNDS_MS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const STATEMENT_BOUNDS_MS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 5_000];
const seconds = (ms: number): number => ms / 1_000;
const secondsSince1970 = (instant: string): number => Date.parse(instant) / 1_000;

// A bound between two steps would count what is above it.
for (const bound of [...REQUEST_BOUNDS_MS, ...STATEMENT_BOUNDS_MS]) {
  if (!STEP_ENDS_MS.includes(bound)) throw new Error(`${bound} ms is not the end of a step.`);
}

const metric = (type: Metric["type"], name: string, help: string, values: Value[]): Metric => ({
  ...{ name, help, type, values },
  aggregator: "sum",
});

/** Of values with labels, or of one without. */
const valued = (type: "counter" | "gauge") => (name: string, help: string, values: [Labels, number][] | number) =>
  metric(
    type,
    name,
    help,
    typeof values === "number" ? [{ labels: {}, value: values }] : values.map(([labels, value]) => ({ labels, value })),
  );
const counter = valued("counter");
const gauge = valued("gauge");

function histogram(name: string, help: string, bounds: number[], all: { labels: Labels; times: Times }[]): Metric {
  const values = all.flatMap(({ labels, times }): Value[] => [
    ...bounds.map((bound) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: String(seconds(bound)) },
      value: countUpTo(times, bound),
    })),
    { metricName: `${name}_bucket`, labels: { ...labels, le: "+Inf" }, value: times.count },
    { metricName: `${name}_sum`, labels, value: seconds(times.sumMs) },
    { metricName: `${name}_count`, labels, value: times.count },
  ]);
  return metric("histogram", name, help, values);
}

export const PROMETHEUS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Of the database: what it told, or that it is there and had no time (`busy`), or that it is not (`away`). */
export type Told = Operations | "busy" | "away";

type Named = ProcessReport & { labels: { process: string } };

/** What an instance, its front and its database say, in Prometheus' text format. */
export function toPrometheus({ processes }: InstanceReport, front: FrontState | null, told: Told): Promise<string> {
  const named = processes
    .map((each): Named => ({ ...each, labels: { process: placeOf(each, front, processes.length) } }))
    .sort((a, b) => (a.labels.process < b.labels.process ? -1 : 1));
  const metrics = [
    ...ofRequests(named),
    ...ofProcesses(named),
    ...(front ? ofFront(front) : []),
    gauge("cohort_database_up", "Whether the database is there.", told === "away" ? 0 : 1),
    ...(typeof told === "string" ? [] : ofDatabase(told)),
  ];
  return AggregatorRegistry.aggregate([metrics]).metrics();
}

/**
 * A process's place at the front, which whoever is started in its stead takes over. Each process counts in series of its
 * own: these only grow until it begins anew, as Prometheus expects. A sum would fall whenever one does not answer.
 */
function placeOf({ kind, pid }: ProcessReport, front: FrontState | null, processes: number): string {
  if (kind === "front") return "front";
  const place = front ? front.workers.findIndex((worker) => worker.pid === pid) : -1;
  if (place >= 0) return `web-${place}`;
  // Alone, or the front had no time: then a series of its own for once, rather than another's.
  return processes === 1 ? "web" : `web-${pid}`;
}

function ofRequests(processes: Named[]): Metric[] {
  const labelled = processes.flatMap(({ labels, requests }) =>
    requests.map(({ method, route, status, ...of }) => ({ labels: { method, route, status, ...labels }, ...of })),
  );
  const pools = processes.flatMap(({ labels, pool }) => (pool ? [{ labels, ...pool }] : []));
  const ofPools = (pick: (pool: (typeof pools)[number]) => number): [Labels, number][] =>
    pools.map((pool) => [pool.labels, pick(pool)]);
  const caches = processes.flatMap(({ labels, cache }) => (cache ? [{ labels, ...cache }] : []));
  const reads = (from: string, pick: (cache: CacheState) => number): [Labels, number][] =>
    caches.map((cache) => [{ ...cache.labels, from }, pick(cache)]);
  // The front sends no statement.
  const webs = processes.filter(({ kind }) => kind === "web");
  return [
    histogram(
      "cohort_http_request_duration_seconds",
      "Requests by route, until the answer was sent.",
      REQUEST_BOUNDS_MS,
      labelled,
    ),
    counter(
      "cohort_http_request_statements_total",
      "SQL statements sent for requests.",
      labelled.map((each) => [each.labels, each.statements]),
    ),
    histogram(
      "cohort_sql_statement_duration_seconds",
      "SQL statements of web processes.",
      STATEMENT_BOUNDS_MS,
      webs.map(({ labels, allStatements }) => ({ labels, times: allStatements })),
    ),
    counter(
      "cohort_sql_slow_statements_total",
      "SQL statements above 100 ms.",
      webs.map(({ labels, slowStatements }) => [labels, slowStatements]),
    ),
    counter("cohort_shared_reads_total", "Answers that everybody shares, by where they came from.", [
      ...reads("memory", ({ hits }) => hits),
      ...reads("redis", ({ secondHits }) => secondHits),
      ...reads("database", ({ misses, secondHits }) => misses - secondHits),
    ]),
    gauge(
      "cohort_shared_reads_kept",
      "Such answers that are kept.",
      caches.map(({ labels, entries }) => [labels, entries]),
    ),
    gauge(
      "cohort_shared_reads_kept_bytes",
      "Their size as JSON.",
      caches.map(({ labels, bytes }) => [labels, bytes]),
    ),
    gauge(
      "cohort_pool_connections",
      "Connections to Postgres that a web process may open.",
      ofPools(({ size }) => size),
    ),
    gauge(
      "cohort_pool_connections_in_use",
      "Of these, in use.",
      ofPools(({ inUse }) => inUse),
    ),
    gauge(
      "cohort_pool_utilization",
      "Share of these in use in the last minute.",
      ofPools(({ utilization }) => utilization),
    ),
    gauge(
      "cohort_pool_waiting",
      "Statements and transactions that wait for a connection.",
      ofPools(({ waiting }) => waiting),
    ),
    counter(
      "cohort_pool_refused_total",
      "Waits for a connection that were given up.",
      ofPools(({ refused }) => refused),
    ),
    histogram(
      "cohort_pool_wait_seconds",
      "Waits for a connection.",
      STATEMENT_BOUNDS_MS,
      pools.map(({ labels, waits }) => ({ labels, times: waits })),
    ),
  ];
}

function ofProcesses(processes: Named[]): Metric[] {
  const each = (value: (state: ProcessReport["process"]) => number): [Labels, number][] =>
    processes.map(({ labels, process }) => [labels, value(process)]);
  return [
    gauge("cohort_processes", "Processes of this instance that answered.", processes.length),
    gauge(
      "process_resident_memory_bytes",
      "Memory that is resident.",
      each(({ memory }) => memory.rssBytes),
    ),
    gauge(
      "nodejs_heap_size_used_bytes",
      "Memory that objects take.",
      each(({ memory }) => memory.heapUsedBytes),
    ),
    gauge(
      "nodejs_eventloop_lag_mean_seconds",
      "Mean delay of the event loop in the last minute.",
      each(({ eventLoop }) => seconds(eventLoop.meanMs)),
    ),
    gauge(
      "nodejs_eventloop_lag_p99_seconds",
      "99th percentile of that delay.",
      each(({ eventLoop }) => seconds(eventLoop.p99Ms)),
    ),
    gauge(
      "nodejs_eventloop_utilization",
      "Share of the last minute in which the event loop was busy.",
      each(({ eventLoop }) => eventLoop.busyShare),
    ),
    counter("nodejs_gc_total", "Garbage collections.", [
      ...each(({ collections }) => collections.major).map(withLabel("kind", "major")),
      ...each(({ collections }) => collections.minor).map(withLabel("kind", "minor")),
    ]),
    counter(
      "nodejs_gc_pause_seconds_total",
      "Time that garbage collection took.",
      each(({ collections }) => seconds(collections.pauseMs)),
    ),
  ];
}

const withLabel =
  (name: string, text: string) =>
  ([labels, value]: [Labels, number]): [Labels, number] => [{ ...labels, [name]: text }, value];

const ofFront = ({ waiting, inProgress, refused, workers }: FrontState): Metric[] => [
  gauge("cohort_queue_waiting", "Requests that wait for a web process.", waiting),
  gauge("cohort_queue_in_progress", "Requests that web processes are at.", inProgress),
  counter(
    "cohort_queue_refused_total",
    "Requests answered 503 because the queue was full, or because they had waited too long in it.",
    refused,
  ),
  counter(
    "cohort_process_restarts_total",
    "Web processes that ended unasked and were started anew.",
    workers.reduce((sum, { restarts }) => sum + restarts, 0),
  ),
];

function ofDatabase({ jobs, sync, outbox }: Operations): Metric[] {
  const states = ["waiting", "retrying", "active", "failed"] as const;
  const { lastRun } = sync;
  return [
    gauge(
      "cohort_jobs",
      "Jobs in the embedded queue.",
      (jobs ?? []).flatMap((job) => states.map((state): [Labels, number] => [{ job: job.name, state }, job[state]])),
    ),
    gauge(
      "cohort_job_last_end_timestamp_seconds",
      "When a job of this name last came to an end.",
      (jobs ?? []).flatMap(({ name, last }): [Labels, number][] =>
        last ? [[{ job: name, state: last.state }, secondsSince1970(last.finishedAt)]] : [],
      ),
    ),
    gauge(
      "cohort_wakatime_links",
      "Links to WakaTime by state.",
      Object.entries(sync.links).map(([state, links]): [Labels, number] => [{ state }, links]),
    ),
    ...(lastRun
      ? [
          gauge("cohort_sync_last_start_timestamp_seconds", "Start of the last sync of everybody.", [
            [{ state: lastRun.state }, secondsSince1970(lastRun.startedAt)],
          ]),
          gauge("cohort_sync_last_users", "Students of the last sync of everybody.", [
            [{ outcome: "ok" }, lastRun.usersOk],
            [{ outcome: "failed" }, lastRun.usersFailed],
          ]),
        ]
      : []),
    gauge("cohort_outbox", "Messages that were not sent yet, or given up.", [
      [{ state: "waiting" }, outbox.waiting],
      [{ state: "failed" }, outbox.failed],
    ]),
  ];
}
