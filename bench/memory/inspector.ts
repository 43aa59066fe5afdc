import { closeSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const LISTENING = /Debugger listening on (ws:\/\/\S+)/g;
const OPEN_TIMEOUT_MS = 20_000;

export type Heap = { usedMb: number; majorCollections: number };
export type Inspected = {
  pid: number;
  /** Counts major collections from here on. */
  watch: () => Promise<void>;
  /** The heap after two forced collections, and the major ones since `watch`, ours left out. */
  measure: () => Promise<Heap>;
  close: () => void;
};

/** Runs inside the process; `process.getBuiltinModule` is there whatever kind of module runs. */
const WATCH = `(() => {
  const { PerformanceObserver, constants } = process.getBuiltinModule("node:perf_hooks");
  globalThis.benchMajor = 0;
  globalThis.benchObserver = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) globalThis.benchMajor += 1;
  });
  globalThis.benchObserver.observe({ entryTypes: ["gc"] });
})()`;

/**
 * Opens the inspector that every Node has: SIGUSR1 asks for it, so the product needs no door of its own. `log` is where
 * the process says at which address; the server is started with --inspect-port=0, so that several can have one.
 */
export async function inspect(pid: number, log: string): Promise<Inspected> {
  const from = statSync(log).size;
  process.kill(pid, "SIGUSR1");
  const deadline = Date.now() + OPEN_TIMEOUT_MS;
  let address: string | undefined;
  while (!address) {
    if (Date.now() > deadline) throw new Error(`Process ${pid} opens no inspector.`);
    await wait(50);
    address = [...readFrom(log, from).matchAll(LISTENING)].at(-1)?.[1];
  }
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    const fail = () => reject(new Error(`The inspector of process ${pid} cannot be reached.`));
    socket.addEventListener("error", fail);
    socket.addEventListener("close", fail);
  });
  const ask = asker(socket, pid);
  const evaluate = async (expression: string) => {
    const { result } = await ask<{ result: { value: unknown } }>("Runtime.evaluate", {
      expression,
      returnByValue: true,
    });
    return result.value;
  };
  if ((await evaluate("process.pid")) !== pid) throw new Error(`Another process than ${pid} opened the inspector.`);
  return {
    pid,
    watch: async () => void (await evaluate(WATCH)),
    measure: async () => {
      const majorCollections = Number(await evaluate("globalThis.benchMajor ?? 0"));
      // The first one may find weak references that only the second one clears.
      for (let turn = 0; turn < 2; turn++) await ask("HeapProfiler.collectGarbage", {});
      return { usedMb: Number(await evaluate("process.memoryUsage().heapUsed")) / 1024 / 1024, majorCollections };
    },
    close: () => socket.close(),
  };
}

/** Rejects what is asked, or was asked and not answered, once the process is gone. */
export function asker(socket: WebSocket, pid: number) {
  let last = 0;
  const gone = () => new Error(`Process ${pid} ended, or closed its inspector.`);
  return <T>(method: string, params: Record<string, unknown>): Promise<T> => {
    const id = ++last;
    return new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) return reject(gone());
      const close = () => reject(gone());
      const listen = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: T; error?: { message: string } };
        if (answer.id !== id) return;
        socket.removeEventListener("message", listen);
        socket.removeEventListener("close", close);
        if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
        else resolve(answer.result);
      };
      socket.addEventListener("message", listen);
      socket.addEventListener("close", close);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
}

function readFrom(file: string, from: number): string {
  const handle = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(Math.max(0, statSync(file).size - from));
    readSync(handle, buffer, 0, buffer.length, from);
    return buffer.toString("utf8");
  } finally {
    closeSync(handle);
  }
}
