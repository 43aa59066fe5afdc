import { createServer } from "node:http";
import next from "next";
import { closeDb } from "@/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/observability/log";
import { sentenceOf } from "../home/fault";
import { PROJECT_ROOT } from "../home/home";
import { drain } from "./drain";
import { createHandler } from "./handler";
import { staticFiles } from "./static-files";

/** How long requests in progress may take after a stop was asked for; below the 20 s after which we would be killed. */
const GRACE_MS = 15_000;

async function serve(dev: boolean): Promise<void> {
  const port = Number(process.env.PORT || 3000);
  const host = process.env.HOST || undefined;
  const server = createServer();
  const app = next({ dev, dir: PROJECT_ROOT, port, hostname: host ?? "localhost", httpServer: server });
  await app.prepare();
  const handler = createHandler(app.getRequestHandler(), {
    dev,
    trustProxy: env().TRUST_PROXY > 0,
    isStatic: staticFiles(PROJECT_ROOT),
    // Compiling in development would be reported again and again.
    onSlow: (facts) => (dev ? undefined : log.warn(facts, "slow request")),
  });
  server.on("request", handler);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await drain(server, GRACE_MS);
    await closeDb();
    if (dev) await app.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, resolve);
  });
  process.send?.("ready");
}

try {
  await serve(process.argv.includes("--dev"));
} catch (error) {
  console.error(sentenceOf(error) ?? error);
  process.exit(1);
}
