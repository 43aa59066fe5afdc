import { monitorEventLoopDelay, PerformanceObserver, performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

/** Memory, event loop and garbage collection of one process. */
export type ProcessState = {
  uptimeSeconds: number;
  memory: { rssBytes: number; peakRssBytes: number; heapUsedBytes: number; heapLimitBytes: number };
  /** Of the last whole minute; of the time since the start while that is younger. Delays are beyond the measuring step. */
  eventLoop: { meanMs: number; p99Ms: number; maxMs: number; busyShare: number };
  collections: { major: number; minor: number; pauseMs: number; majorPerMinute: number };
};

/** How often the loop's delay is measured. */
const STEP_MS = 20;
const MINUTE_MS = 60_000;
const NANOSECONDS_PER_MS = 1e6;
/** perf_hooks.constants.NODE_PERFORMANCE_GC_MAJOR. */
const MAJOR = 4;

type Watch = { state: () => ProcessState };

// Next's copy of this module and the server's are one watch.
const key = Symbol.for("cohort.process-watch");
const shared = globalThis as { [key]?: Watch };

/** Begins to watch the process it is called in; later calls, from whichever copy of this module, get the same. */
export function watchProcess(): Watch {
  shared[key] ??= startWatch();
  return shared[key];
}

function startWatch(): Watch {
  const collections = { major: 0, minor: 0, pauseMs: 0 };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind } = (entry as PerformanceEntry & { detail: { kind: number } }).detail;
      if (kind === MAJOR) collections.major += 1;
      else collections.minor += 1;
      collections.pauseMs += entry.duration;
    }
  });
  observer.observe({ entryTypes: ["gc"] });

  const delay = monitorEventLoopDelay({ resolution: STEP_MS });
  delay.enable();
  let since = { at: performance.now(), busy: performance.eventLoopUtilization(), major: 0 };
  let lastMinute: Minute | undefined;

  const beyondStep = (nanoseconds: number) =>
    Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / NANOSECONDS_PER_MS - STEP_MS) : 0;
  const measure = (): Minute => ({
    eventLoop: {
      meanMs: beyondStep(delay.mean),
      p99Ms: beyondStep(delay.percentile(99)),
      maxMs: beyondStep(delay.max),
      busyShare: performance.eventLoopUtilization(since.busy).utilization,
    },
    majorPerMinute: (collections.major - since.major) / Math.max(1, (performance.now() - since.at) / MINUTE_MS),
  });
  setInterval(() => {
    lastMinute = measure();
    delay.reset();
    since = { at: performance.now(), busy: performance.eventLoopUtilization(), major: collections.major };
  }, MINUTE_MS).unref();

  return {
    state() {
      const { rss, heapUsed } = process.memoryUsage();
      const { eventLoop, majorPerMinute } = lastMinute ?? measure();
      return {
        uptimeSeconds: process.uptime(),
        memory: {
          rssBytes: rss,
          peakRssBytes: Math.max(rss, process.resourceUsage().maxRSS * 1024),
          heapUsedBytes: heapUsed,
          heapLimitBytes: getHeapStatistics().heap_size_limit,
        },
        eventLoop,
        collections: { ...collections, majorPerMinute },
      };
    },
  };
}

type Minute = { eventLoop: ProcessState["eventLoop"]; majorPerMinute: number };
