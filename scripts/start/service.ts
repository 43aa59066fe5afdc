import type { ChildProcess } from "node:child_process";
import { Fault } from "../home/fault";
import { endChild, exitOf, type Launch, launch } from "./child";
import { seconds } from "./step";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A service that ran this long was healthy: the next fault starts with a short pause again. */
const HEALTHY_MS = 60_000;

/** A process that has to run as long as we do: started again, with growing pauses, whenever it ends by itself. */
export class Service {
  private child: ChildProcess | undefined;
  private stopped = false;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    private readonly how: Launch & { readyTimeoutMs: number; isReady: (child: ChildProcess) => Promise<void> },
  ) {}

  /** Resolves when the service is ready. Ending before that is a fault of the start and is not tried again. */
  async start(): Promise<void> {
    const child = launch(this.how);
    this.child = child;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Fault(`The ${this.name} is not ready after ${seconds(this.how.readyTimeoutMs)}.`)),
        this.how.readyTimeoutMs,
      );
    });
    const ended = exitOf(child).then((code) => {
      const where = this.how.log ? `: see ${this.how.log}` : "";
      throw new Fault(`The ${this.name} ended before it was ready (code ${code ?? "none"})${where}.`);
    });
    try {
      await Promise.race([this.how.isReady(child), ended, timeout]);
    } finally {
      clearTimeout(timer);
      ended.catch(() => {});
    }
    this.supervise(child);
  }

  private supervise(child: ChildProcess): void {
    const started = Date.now();
    exitOf(child).then((code) => {
      if (this.stopped) return;
      if (Date.now() - started > HEALTHY_MS) this.pauseMs = FIRST_PAUSE_MS;
      console.error(
        `The ${this.name} ended (${code === null ? "by a signal" : `code ${code}`}); starting it again in ${seconds(this.pauseMs)}.`,
      );
      this.timer = setTimeout(() => {
        this.child = launch(this.how);
        this.supervise(this.child);
      }, this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.child) await endChild(this.child);
  }
}

/** Ready when the child says so over its channel. */
export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on("message", (message) => {
      if (message === "ready") resolve();
    });
  });
}
