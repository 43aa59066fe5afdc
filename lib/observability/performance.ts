import type { InstanceReport } from "./report";
import { averageMs, noTimes, percentileMs, type Times } from "./times";

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const inMs = (value: number | null): number | null => (value === null ? null : round(value));

const responseTimes = (times: Times = noTimes()) => ({
  avg: inMs(averageMs(times)),
  p50: inMs(percentileMs(times, 0.5)),
  p95: inMs(percentileMs(times, 0.95)),
  p99: inMs(percentileMs(times, 0.99)),
  count: times.count,
});

/**
 * `/metrics/performance`: all processes of this instance together. Times are milliseconds, memory is bytes, utilization is
 * percent of the connections, all since the processes began (docs/operations.md).
 */
export function toPerformance({ processes, operations, statements, slowStatements, pool }: InstanceReport) {
  const sum = (pick: (each: InstanceReport["processes"][number]["process"]) => number) =>
    processes.reduce((total, each) => total + pick(each.process), 0);
  const worst = (pick: (each: InstanceReport["processes"][number]["process"]) => number) =>
    processes.reduce((most, each) => Math.max(most, pick(each.process)), 0);
  return {
    database: {
      active_connections: pool?.inUse ?? 0,
      pool_size: pool?.size ?? 0,
      pool_utilization: round(100 * (pool?.utilization ?? 0)),
      avg_query_time: inMs(averageMs(statements)),
      slow_queries: slowStatements,
    },
    memory: {
      current_usage: sum(({ memory }) => memory.rssBytes),
      peak_usage: sum(({ memory }) => memory.peakRssBytes),
      gc_collections: sum(({ collections }) => collections.major),
      gc_per_minute: round(
        worst(({ collections }) => collections.majorPerMinute),
        2,
      ),
      event_loop_delay: round(
        worst(({ eventLoop }) => eventLoop.meanMs),
        2,
      ),
    },
    response_times: {
      dashboard: responseTimes(operations.dashboard),
      user_listing: responseTimes(operations.user_listing),
      wakatime: responseTimes(operations.wakatime),
    },
  };
}
