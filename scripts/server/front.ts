import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { env } from "@/lib/env";
import { answers } from "@/lib/observability/instance";
import { answerReports } from "@/lib/observability/report";
import { PROJECT_ROOT } from "../home/home";
import { drain } from "./drain";
import { createForwarder, type WebLane } from "./forward";
import { healthAnswers } from "./front-answers";
import { staticAnswers } from "./static-answers";
import { Turns } from "./turns";
import { WebProcesses } from "./web-processes";

const MOST_PROCESSES = 8;
const SWEEP_MS = 100;
/** Enough to keep a process busy while some of its requests wait for the database; more would only make all slower. */
const TURNS_OF_A_PROCESS = 16;
const OPEN_IN_A_PROCESS = 1_000;
const LONGEST_WAIT_MS = 20_000;

/** How long requests in progress may take after a stop was asked for; the processes then need a moment of the 20 s. */
const GRACE_MS = 13_000;

// A client that sends or reads slowly holds nothing but its own connection, and that not for ever.
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 120_000;
/** More than a web process may take for its answer (web-processes.ts). */
const SILENT_TIMEOUT_MS = 310_000;
/** Longer than proxies in front keep a connection, so that it is they who close it. */
const KEPT_ALIVE_MS = 75_000;

/** Listens for everybody, and shares the requests out to one process per core. */
export async function serveFront(port: number, host: string | undefined): Promise<() => Promise<void>> {
  const { WEB_PROCESSES, WEB_QUEUE, TRUST_PROXY } = env();
  const turns = new Turns<WebLane>({
    turns: TURNS_OF_A_PROCESS,
    open: OPEN_IN_A_PROCESS,
    waiting: WEB_QUEUE,
    waitMs: LONGEST_WAIT_MS,
  });
  const processes = new WebProcesses(WEB_PROCESSES ?? Math.min(availableParallelism(), MOST_PROCESSES), turns);
  answerReports("front");
  answers("front", () => ({
    pid: process.pid,
    rssBytes: process.memoryUsage.rss(),
    waiting: turns.waiting,
    inProgress: turns.inProgress,
    refused: turns.refused,
    workers: processes.state(),
  }));

  const isStatic = staticAnswers(PROJECT_ROOT);
  const isHealth = healthAnswers(() => turns.lanes.size > 0, TRUST_PROXY > 0);
  const forward = createForwarder(turns, TRUST_PROXY > 0);
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEPT_ALIVE_MS,
      noDelay: true,
    },
    (request, response) => {
      if (isHealth(request, response) || isStatic(request, response)) return;
      forward(request, response).catch(() => response.destroy());
    },
  );
  server.setTimeout(SILENT_TIMEOUT_MS);
  const sweeping = setInterval(() => turns.sweep(), SWEEP_MS);

  const stop = async () => {
    await drain(server, GRACE_MS);
    clearInterval(sweeping);
    await processes.stop();
  };
  try {
    await processes.start();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, host, backlog: 1_024 }, resolve);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
