import { setTimeout as sleep } from "node:timers/promises";
import { sentenceOf } from "../home/fault";
import { type Embedded, type EmbeddedOptions, startEmbedded } from "./embedded";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** A server that ran this long was healthy: the next fault starts with a short pause again. */
const HEALTHY_MS = 60_000;

/** This home's Postgres, started again on the same port, with growing pauses, whenever it ends by itself. */
export async function keepEmbedded(home: string, options: EmbeddedOptions = {}) {
  const stopping = new AbortController();
  let server: Embedded | undefined = await startEmbedded(home, options);
  const { url, port } = server;

  const keep = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    while (server) {
      const startedAt = Date.now();
      await server.exited;
      server = undefined;
      if (Date.now() - startedAt > HEALTHY_MS) pauseMs = FIRST_PAUSE_MS;
      while (!stopping.signal.aborted && !server) {
        console.error(`The embedded Postgres ended; starting it again in ${pauseMs / 1000} s.`);
        await sleep(pauseMs, undefined, stopping).catch(() => {});
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        if (stopping.signal.aborted) return;
        server = await startEmbedded(home, { ...options, port }).catch((error) => {
          console.error(sentenceOf(error) ?? error);
          return undefined;
        });
      }
      // Told to stop while it was being started: nobody else knows of it.
      if (stopping.signal.aborted) return server?.stop();
    }
  };
  const kept = keep();
  return {
    url,
    stop: async () => {
      stopping.abort();
      await server?.stop();
      await kept;
    },
  };
}
