import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { log } from "@/lib/observability/log";

/** Often enough to be back within a second of the database, seldom enough not to be a burden while it starts. */
const LOOK_PAUSE_MS = 200;
const LOOK_TIMEOUT_SECONDS = 1;

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

/** Knows whether the database is there. One lost connection proves nothing: away is what a new one cannot be made to. */
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
    try {
      await sql`select 1`;
      return true;
    } catch {
      return false;
    } finally {
      await sql.end({ timeout: 0 }).catch(() => {});
    }
  };

  const watch = async () => {
    while (!stopped) {
      const there = await reachable();
      if (there === away) log[there ? "info" : "error"](there ? "the database answers again" : "the database is away");
      away = !there;
      if (there) return;
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
