import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { log } from "@/lib/observability/log";
import { Fault } from "../home/fault";
import { endChild, exitOf, launch } from "../start/child";
import type { WebLane } from "./forward";
import { hostInstance } from "./instance-channel";
import type { Turns } from "./turns";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** A process that ran this long was healthy: the next fault starts with a short pause again. */
const HEALTHY_MS = 60_000;
/** Longer than the longest that a page or an action may work on one request. */
const ANSWER_TIMEOUT_MS = 5 * 60_000;
const KEPT_ALIVE_MS = 10 * 60_000;
/** What a web process may use; measured in docs/decisions/032-one-process-per-core.md. */
export const WEB_MEMORY = ["--max-semi-space-size=64"];

/** Signals are for the front alone (main.ts): a web process ends when its channel does. */
const endWeb = (child: ChildProcess) => endChild(child, undefined, () => child.connected && child.disconnect());

type Slot = { child?: ChildProcess; lane?: WebLane; startedAt: number; restarts: number; pauseMs: number };

/**
 * The processes that answer requests: each listens on a socket file that only this user reaches, and is started anew,
 * with growing pauses, whenever it ends by itself.
 */
export class WebProcesses {
  private readonly folder = mkdtempSync(join(tmpdir(), "cohort-web-"));
  private readonly slots: Slot[];
  private readonly instance = hostInstance(() => this.slots.flatMap(({ child, lane }) => (child && lane ? child : [])));
  private stopped = false;
  private made = 0;

  constructor(
    count: number,
    private readonly turns: Turns<WebLane>,
  ) {
    process.once("exit", () => rmSync(this.folder, { recursive: true, force: true }));
    this.slots = Array.from({ length: count }, () => ({ startedAt: 0, restarts: 0, pauseMs: FIRST_PAUSE_MS }));
  }

  /** Resolves when the first of them answers; the others follow. One that cannot start is a fault of the start. */
  async start(): Promise<void> {
    const [first, ...others] = this.slots as [Slot, ...Slot[]];
    await this.run(first, true);
    for (const slot of others) void this.run(slot);
  }

  state() {
    return this.slots.map(({ child, lane, startedAt, restarts }) => ({
      pid: child?.pid ?? null,
      startedAt: new Date(startedAt).toISOString(),
      restarts,
      ready: lane !== undefined,
      inProgress: lane?.inProgress ?? 0,
    }));
  }

  private async run(slot: Slot, needed = false): Promise<void> {
    this.made += 1;
    const path = join(this.folder, `${this.made}.sock`);
    const child = launch({ args: [...WEB_MEMORY, "scripts/server/main.ts", "--web", path], together: true });
    slot.child = child;
    slot.startedAt = Date.now();
    this.instance.listenTo(child);
    const gone = exitOf(child);
    const ready = new Promise<"ready">((resolve) => {
      child.on("message", (message) => message === "ready" && resolve("ready"));
    });
    gone.then((code) => this.ended(slot, code));
    const outcome = await Promise.race([ready, gone]);
    if (outcome !== "ready") {
      if (needed) throw new Fault(`A web process ended before it was ready (code ${outcome ?? "none"}).`);
      return;
    }
    const pool = new Pool("http://web", {
      socketPath: path,
      pipelining: 1,
      connections: null,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: 0,
      keepAliveTimeout: KEPT_ALIVE_MS,
      keepAliveMaxTimeout: KEPT_ALIVE_MS,
    });
    slot.lane = { pool, turns: 0, inProgress: 0, closed: () => this.closed(slot, child) };
    this.turns.lanes.add(slot.lane);
    this.turns.next();
  }

  /** A process that takes no more connections gets no more requests, and is on its way out, or is helped on it. */
  private closed(slot: Slot, child: ChildProcess): void {
    if (slot.child !== child || this.stopped) return;
    log.error({ pid: child.pid }, "a web process takes no more connections");
    void endWeb(child);
  }

  private ended(slot: Slot, code: number | null): void {
    const { lane } = slot;
    if (lane) {
      this.turns.lanes.delete(lane);
      delete slot.lane;
      void lane.pool.destroy().catch(() => {});
    }
    if (this.stopped) return;
    if (Date.now() - slot.startedAt > HEALTHY_MS) slot.pauseMs = FIRST_PAUSE_MS;
    log.error({ pid: slot.child?.pid, code, pauseMs: slot.pauseMs }, "a web process ended and is started again");
    slot.restarts += 1;
    setTimeout(() => {
      if (!this.stopped) void this.run(slot);
    }, slot.pauseMs);
    slot.pauseMs = Math.min(slot.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** To be called when no request is in progress any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.slots.map(({ child }) => child && endWeb(child)));
    await Promise.all(this.slots.map(({ lane }) => lane?.pool.destroy().catch(() => {})));
  }
}
