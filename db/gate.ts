import { PoolBusyError } from "@/lib/errors";
import { addTime, noTimes, type Times } from "@/lib/observability/times";

const POOL_WAIT_MS = 5_000;
/** Over what time the utilization is told, and in steps of what length. */
const WINDOW_MS = 60_000;
const STEP_MS = 1_000;

export type PoolState = {
  size: number;
  inUse: number;
  waiting: number;
  /** Waited too long, since the process began. */
  refused: number;
  /** How long callers waited for their connection; most not at all. */
  waits: Times;
  /** Share of its connections that were in use in the last minute, from 0 to 1. */
  utilization: number;
};

export type Gate = { enter: () => Promise<void>; leave: () => void; state: () => PoolState };

type Options = { now?: () => number; waitMs?: number };

/** Lets `max` callers in at a time; the next ones wait in order, at most `waitMs`. */
export function createGate(max: number, { now = () => performance.now(), waitMs = POOL_WAIT_MS }: Options = {}): Gate {
  let free = max;
  let refused = 0;
  const waits = noTimes();
  const waiting: { enter: () => void; timer: NodeJS.Timeout }[] = [];
  const use = createUse(now);

  const enter = () => {
    if (free > 0) {
      free -= 1;
      use.change(max - free);
      addTime(waits, 0);
      return Promise.resolve();
    }
    const since = now();
    return new Promise<void>((resolve, reject) => {
      const entry = {
        enter: () => {
          addTime(waits, now() - since);
          resolve();
        },
        timer: setTimeout(() => {
          waiting.splice(waiting.indexOf(entry), 1);
          refused += 1;
          addTime(waits, now() - since);
          reject(new PoolBusyError(`No database connection became free within ${waitMs / 1000} s.`));
        }, waitMs),
      };
      waiting.push(entry);
    });
  };

  const leave = () => {
    const next = waiting.shift();
    if (!next) {
      free += 1;
      use.change(max - free);
      return;
    }
    clearTimeout(next.timer);
    next.enter();
  };

  const state = () => {
    const utilization = use.average() / max;
    return { size: max, inUse: max - free, waiting: waiting.length, refused, waits, utilization };
  };
  return { enter, leave, state };
}

/** How many connections were in use on average, by adding up the time that each was. */
function createUse(now: () => number) {
  let inUse = 0;
  let busyMs = 0;
  let at = now();
  const marks = [{ at, busyMs: 0 }];
  const count = () => {
    const moment = now();
    busyMs += inUse * (moment - at);
    at = moment;
    if (moment - (marks.at(-1)?.at as number) >= STEP_MS) marks.push({ at, busyMs });
    while (marks.length > 1 && moment - (marks[1]?.at as number) >= WINDOW_MS) marks.shift();
  };
  return {
    change(to: number) {
      count();
      inUse = to;
    },
    average() {
      count();
      const from = marks[0] as { at: number; busyMs: number };
      return at > from.at ? (busyMs - from.busyMs) / (at - from.at) : inUse;
    },
  };
}
