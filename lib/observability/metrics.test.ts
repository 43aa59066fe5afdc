import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PREPARED_MARK } from "@/db/prepared";
import { answers, askThrough, ownAnswers } from "./instance";
import { knownTexts, type Metrics, observeRequest, observeStatement, ownMetrics } from "./metrics";
import { toPerformance } from "./performance";
import { toPrometheus } from "./prometheus";
import { addUp, answerReports, instanceReport, knownStatements, type ProcessReport } from "./report";
import { NO_ROUTE, routeNamer } from "./routes";
import { noTimes } from "./times";

/** Nothing of what other files counted in this process. */
function forget(metrics: Metrics): void {
  metrics.requests.clear();
  metrics.statements.clear();
  Object.assign(metrics, { allStatements: noTimes(), slowStatements: 0, operations: {} });
}
beforeEach(() => forget(ownMetrics()));
afterEach(() => {
  vi.restoreAllMocks();
  answers("report", () => undefined);
});

const request = { id: "of-this-test", method: "GET", path: "/nowhere", status: 200, statements: 2, sqlMs: 5 };

describe("routes", () => {
  const name = routeNamer({
    staticRoutes: [{ page: "/admin" }, { page: "/admin/students/new" }],
    dynamicRoutes: [{ page: "/admin/students/[studentId]", regex: "^/admin/students/([^/]+?)(?:/)?$" }],
  });

  it("have as many names as there are routes, and one for all other addresses", () => {
    const paths = ["/admin", "/admin/students/new", "/admin/students/17", "/admin/students/17/x", "/wp-login.php"];
    expect(paths.map(name)).toEqual([
      "/admin",
      "/admin/students/new",
      "/admin/students/[studentId]",
      NO_ROUTE,
      NO_ROUTE,
    ]);
  });
});

describe("what one process counts", () => {
  it("keeps the texts that cost most, whatever else comes once", () => {
    observeStatement("select the slow one", 500);
    for (let index = 0; index < 400; index++) observeStatement(`select ${index}`, 1);
    const texts = knownTexts(ownMetrics()).map(({ text }) => text);
    expect(texts).toHaveLength(300);
    expect(texts).toContain("select the slow one");
    expect(ownMetrics().allStatements.count).toBe(401);
    expect(ownMetrics().slowStatements).toBe(1);
  });

  it("tells texts apart that are as long and begin and end alike", () => {
    const long = (middle: string) => `select ${"a".repeat(50)}${middle}${"z".repeat(50)}`;
    for (const middle of ["b", "c", "b"]) observeStatement(long(middle), 2);
    const counts = knownTexts(ownMetrics()).map(({ text, times }) => [text, times.count]);
    expect(counts).toEqual([
      [long("b"), 2],
      [long("c"), 1],
    ]);
  });

  it("invents no method and no route for whoever sends strange ones", () => {
    for (let index = 0; index < 50; index++) {
      observeRequest({ ...request, method: `M${index}`, path: `/x${index}`, status: 404, durationMs: 1 });
    }
    observeRequest({ ...request, path: "/admin", prefetch: true, durationMs: 1 });
    expect([...ownMetrics().requests.keys()]).toEqual([`OTHER ${NO_ROUTE} 404`, "GET (prefetch) 200"]);
  });
});

const process = {
  uptimeSeconds: 60,
  memory: { rssBytes: 100, peakRssBytes: 150, heapUsedBytes: 50, heapLimitBytes: 900 },
};
const eventLoop = { meanMs: 1, p99Ms: 9, maxMs: 12, busyShare: 0.25 };
const collections = { major: 3, minor: 20, pauseMs: 40, majorPerMinute: 1.5 };

function reportOf(pid: number, more: Partial<ProcessReport>): ProcessReport {
  const { requests, operations, allStatements, slowStatements } = structuredClone(ownMetrics());
  const cache = { hits: 8, misses: 3, secondHits: 1, entries: 2, bytes: 500 };
  const own = { process: { ...process, eventLoop, collections }, pool: null, cache };
  return {
    pid,
    kind: "web",
    ...own,
    requests: [...requests.values()],
    operations,
    allStatements,
    slowStatements,
    ...more,
  };
}

describe("an instance of two processes", () => {
  it("adds up to one, in JSON and for Prometheus", async () => {
    for (const durationMs of [10, 20, 30, 40]) observeRequest({ ...request, durationMs });
    observeStatement("select 1", 4);
    observeStatement("select 2", 150);
    const pool = { size: 10, inUse: 4, waiting: 1, refused: 2, waits: noTimes(), utilization: 0.4 };
    const first = reportOf(1, { pool });
    forget(ownMetrics());
    observeRequest({ ...request, durationMs: 400 });
    observeStatement("select 1", 8);
    const quiet = { ...eventLoop, meanMs: 0.5 };
    const second = reportOf(2, {
      pool: { ...pool, inUse: 0, utilization: 0 },
      process: { ...process, eventLoop: quiet, collections },
    });
    const report = addUp([{ ...first, operations: { dashboard: first.requests[0]?.times ?? noTimes() } }, second]);

    expect(toPerformance(report)).toEqual({
      database: { active_connections: 4, pool_size: 20, pool_utilization: 20, avg_query_time: 54, slow_queries: 1 },
      memory: {
        ...{ current_usage: 200, peak_usage: 300, gc_collections: 6 },
        ...{ gc_per_minute: 1.5, event_loop_delay: 1 },
      },
      response_times: {
        dashboard: { avg: 25, p50: 20, p95: 40, p99: 40, count: 4 },
        user_listing: { avg: null, p50: null, p95: null, p99: null, count: 0 },
        wakatime: { avg: null, p50: null, p95: null, p99: null, count: 0 },
      },
    });

    // The first was started later than the second, in the second place.
    const worker = { startedAt: "2026-01-01T00:00:00Z", restarts: 0 };
    const workers = [2, 1].map((pid) => ({ ...worker, pid }));
    const front = { pid: 9, rssBytes: 1, waiting: 0, inProgress: 0, refused: 0, workers };
    const text = await toPrometheus(report, front, "away");
    const route = `method="GET",route="${NO_ROUTE}",status="200"`;
    const labels = `${route},process="web-1"`;
    for (const line of [
      `cohort_http_request_duration_seconds_bucket{${labels},le="0.01"} 1`,
      `cohort_http_request_duration_seconds_bucket{${labels},le="0.05"} 4`,
      `cohort_http_request_duration_seconds_bucket{${labels},le="+Inf"} 4`,
      `cohort_http_request_duration_seconds_bucket{${route},process="web-0",le="0.5"} 1`,
      `cohort_http_request_duration_seconds_sum{${labels}} 0.1`,
      `cohort_http_request_statements_total{${labels}} 8`,
      'cohort_sql_statement_duration_seconds_bucket{process="web-1",le="0.005"} 1',
      'cohort_sql_statement_duration_seconds_count{process="web-1"} 2',
      'cohort_sql_slow_statements_total{process="web-1"} 1',
      'cohort_pool_connections_in_use{process="web-1"} 4',
      'cohort_pool_refused_total{process="web-0"} 2',
      'nodejs_gc_total{process="web-1",kind="major"} 3',
      'cohort_shared_reads_total{process="web-0",from="memory"} 8',
      'cohort_shared_reads_total{process="web-0",from="database"} 2',
      "cohort_database_up 0",
      "cohort_processes 2",
    ]) {
      expect(text.split("\n")).toContain(line);
    }

    // One that does not answer for once is missing; no series of another changes for it.
    const lines = (all: string, process: string) =>
      all.split("\n").filter((line) => line.includes(`process="${process}"`));
    const without = await toPrometheus(addUp([second]), front, "busy");
    expect(lines(without, "web-0")).toEqual(lines(text, "web-0"));
    expect(lines(without, "web-1")).toEqual([]);
    expect(without.split("\n")).toContain("cohort_database_up 1");
  });

  it("asks this process, and names statements without their values", async () => {
    observeStatement("select $1", 3);
    const prepared = `${PREPARED_MARK} with v as (select 1) select * from v`;
    observeStatement(prepared, 2);
    // Dearer than all that has a plan, and so many that nothing else would be told.
    for (let index = 0; index < 70; index++) observeStatement(`/* a select */ set local x = ${index}`, 30);
    answerReports("web");
    expect((await instanceReport()).statements.count).toBe(72);
    const id = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(await knownStatements()).toMatchObject([
      { id, text: "select $1" },
      { id, text: prepared },
    ]);
  });

  it("speaks for itself when nobody answers, with the pool that it has", async () => {
    const waits = noTimes();
    const pool = { size: 10, inUse: 1, waiting: 0, refused: 0, waits, utilization: 0.1 };
    answerReports("web", () => pool);
    askThrough(async () => []);
    expect((await instanceReport()).pool).toEqual(pool);
    expect((await instanceReport()).pool).toEqual(pool);
    askThrough(async (topic) => ownAnswers(topic));
  });
});

describe("requests with a purpose", () => {
  it("are logged above their own limit, once, and not where the line about slow requests says it", async () => {
    vi.resetModules();
    const namer = { readRoutes: () => (path: string) => path };
    vi.doMock("./routes", () => ({ ...namer, NO_ROUTE, PREFETCH: "(prefetch)" }));
    const fresh = await import("./metrics");
    vi.doUnmock("./routes");
    const { log: used } = await import("./log");
    const warn = vi.spyOn(used, "warn").mockReturnValue(undefined);
    for (const durationMs of [400, 600, 2_500]) fresh.observeRequest({ ...request, path: "/admin", durationMs });
    fresh.observeRequest({ ...request, path: "/admin/users", durationMs: 900 });
    fresh.observeRequest({ ...request, path: "/admin/users", durationMs: 1_100 });
    fresh.observeRequest({ ...request, path: "/healthz", durationMs: 1_900 });
    const facts = { request: "of-this-test", statements: 2, sqlMs: 5 };
    expect(warn.mock.calls).toEqual([
      [{ ...facts, operation: "dashboard", durationMs: 600, limitMs: 500 }, "slow operation"],
      [{ ...facts, operation: "user_listing", durationMs: 1_100, limitMs: 1_000 }, "slow operation"],
    ]);
    expect(ownMetrics().operations.dashboard?.count).toBe(3);
  });
});
