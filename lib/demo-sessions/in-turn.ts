import { type Failure, failure } from "@/lib/errors";

/**
 * Sign-ups for one session wait for its row one after the other. So many of them wait with a connection in hand; the
 * others wait here, so that a rush on one session leaves connections for everybody else.
 */
const AT_ONCE = 3;
const MOST_WAITING = 1_000;
const RETRY_AFTER_SECONDS = 5;

type Line = { running: number; waiting: (() => void)[] };
const lines = new Map<number, Line>();

/** Runs a change of a session's places when its turn has come in this process; in the order of the calls. */
export async function inTurn<T>(sessionId: number, run: () => Promise<T>): Promise<T | Failure> {
  const line = lines.get(sessionId) ?? { running: 0, waiting: [] };
  lines.set(sessionId, line);
  if (line.waiting.length >= MOST_WAITING) {
    const message = "Very many people are signing up right now. Please try again in a moment.";
    return failure("unavailable", message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  if (line.running < AT_ONCE) line.running += 1;
  else await new Promise<void>((enter) => line.waiting.push(enter));
  try {
    return await run();
  } finally {
    // Whoever is next takes over this turn as it is.
    const next = line.waiting.shift();
    if (next) next();
    else {
      line.running -= 1;
      if (line.running === 0) lines.delete(sessionId);
    }
  }
}
