import { sentenceOf } from "../home/fault";

/**
 * The web server. By itself it is the front, which starts this file again with `--web <socket file>` for each process
 * that answers requests; `--dev` is one process without a front.
 */
async function serve(args: string[]): Promise<() => Promise<void>> {
  const port = Number(process.env.PORT || 3000);
  const host = process.env.HOST || undefined;
  const path = args[args.indexOf("--web") + 1];
  if (args.includes("--dev")) {
    const { serveWeb } = await import("./web");
    return serveWeb({ dev: true, port, host, listen: { port, host }, behindFront: false });
  }
  if (args.includes("--web")) {
    const { serveWeb } = await import("./web");
    return serveWeb({ dev: false, port, host, listen: { path }, behindFront: true });
  }
  const { serveFront } = await import("./front");
  return serveFront(port, host);
}

let stop: (() => Promise<void>) | undefined;
let stopping = false;
const end = async () => {
  if (stopping) return;
  stopping = true;
  await stop?.();
  process.exit(0);
};
if (process.argv.includes("--web")) {
  // A signal to all of us at once must not end those in whom the front still finishes what it has: it tells them when.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
  process.once("disconnect", end);
} else process.on("SIGTERM", end).on("SIGINT", end);

try {
  stop = await serve(process.argv.slice(2));
  process.send?.("ready");
} catch (error) {
  console.error(sentenceOf(error) ?? error);
  process.exit(1);
}
