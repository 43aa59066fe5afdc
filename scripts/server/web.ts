import { createServer } from "node:http";
import type { ListenOptions } from "node:net";
import next from "next";
import { closeDb, poolState } from "@/db/client";
import { env } from "@/lib/env";
import { logConsoleErrors } from "@/lib/observability/console-errors";
import { log } from "@/lib/observability/log";
import { answerReports } from "@/lib/observability/report";
import { PROJECT_ROOT } from "../home/home";
import { drain } from "./drain";
import { createHandler } from "./handler";
import { joinInstance } from "./instance-channel";
import { staticFiles } from "./static-files";

/** How long requests in progress may take after a stop was asked for; below the 20 s after which we would be killed. */
const GRACE_MS = 15_000;

type Options = { dev: boolean; port: number; host: string | undefined; listen: ListenOptions; behindFront: boolean };

/** The product itself in one process: alone while developing, else one of those that the front shares requests out to. */
export async function serveWeb({ dev, port, host, listen, behindFront }: Options): Promise<() => Promise<void>> {
  const server = createServer();
  // The front decides how long connections live; a kept one that closes as a request comes would lose that request.
  if (behindFront) Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, timeout: 0 });
  const app = next({ dev, dir: PROJECT_ROOT, port, hostname: host ?? "localhost", httpServer: server });
  await app.prepare();
  const handler = createHandler(app.getRequestHandler(), {
    dev,
    behindFront,
    trustProxy: env().TRUST_PROXY > 0,
    isStatic: staticFiles(PROJECT_ROOT),
    // Compiling in development would be reported again and again.
    onSlow: (facts) => (dev ? undefined : log.warn(facts, "slow request")),
  });
  server.on("request", handler);
  if (behindFront) joinInstance();
  answerReports("web", poolState);
  // Developers read the framework's own words.
  if (!dev) logConsoleErrors();

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(listen, resolve);
  });
  return async () => {
    await drain(server, GRACE_MS);
    await closeDb();
    if (dev) await app.close();
  };
}
