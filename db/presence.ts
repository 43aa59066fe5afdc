import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { log } from "@/lib/observability/log";

/** Often enough to be back within a second of the database, seldom enough not to be a burden while it starts. */
const LOOK_PAUSE_MS = 200;
/** A database that is only busy takes its time to let somebody in. */
const LOOK_TIMEOUT_SECONDS = 2;
const LOOK_DEADLINE_MS = 3_000;
/** One look that fails may be chance. */
const LOOKS_THAT_PROVE = 2;

/** What the driver, the network and Postgres say when there is no database, or when it goes. */
const LOST = new Set([
  ...["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_DESTROYED", "ECONNREFUSED", "ECONNRESET", "EPIPE"],
  ...["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
  // Shut down by an administrator, after a crash, and not yet started (Postgres, appendix A).
  ...["57P01", "57P02", "57P03"],
]);
const TOO_MANY_CONNECTIONS = "53300";

/** Whether a statement failed because its connection did, however the error is wrapped. */
export function faultOfConnection(error: unknown): "lost" | "full" | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = String((current as { code?: unknown }).code);
    if (LOST.has(code) || code.startsWith("08")) return "lost";
    if (code === TOO_MANY_CONNECTIONS) return "full";
  }
  return undefined;
}

export type Presence = {
  /** Nobody answers there: whoever asks is told so at once, instead of waiting for what does not come. */
  readonly away: boolean;
  /** A connection was lost: finds out whether the database was, and when it is back. */
  look: () => void;
  stop: () => void;
};

/** Knows whether the database is there. One lost connection proves nothing: away is what new ones cannot be made to, twice in a row. */
export function createPresence(url: string): Presence {
  let away = false;
  let looking = false;
  let stopped = false;

  const reachable = async () => {
    const sql = postgres(url, {
      max: 1,
      connect_timeout: LOOK_TIMEOUT_SECONDS,
      fetch_types: false,
      prepare: false,
      onnotice: () => {},
      connection: { application_name: "cohort-look" },
    });
    const deadline = new AbortController();
    try {
      // A network that swallows packets may do so after the connection was made.
      const never = sleep(LOOK_DEADLINE_MS, false, { signal: deadline.signal, ref: false });
      never.catch(() => {});
      return await Promise.race([sql`select 1`.then(() => true), never]);
    } catch (error) {
      // Whatever else Postgres says, and be it no: it is there to say so.
      return faultOfConnection(error) !== "lost";
    } finally {
      deadline.abort();
      await sql.end({ timeout: 0 }).catch(() => {});
    }
  };

  const watch = async () => {
    for (let failed = 1; !stopped; failed++) {
      if (await reachable()) {
        if (away) log.info("the database answers again");
        away = false;
        return;
      }
      if (!away && failed >= LOOKS_THAT_PROVE) {
        log.error("the database is away");
        away = true;
      }
      await sleep(LOOK_PAUSE_MS, undefined, { ref: false });
    }
  };

  return {
    get away() {
      return away;
    },
    look() {
      if (looking || stopped) return;
      looking = true;
      void watch().finally(() => {
        looking = false;
      });
    },
    stop() {
      stopped = true;
    },
  };
}
