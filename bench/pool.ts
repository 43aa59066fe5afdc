const EVERY_MS = 500;
const ANSWER_TIMEOUT_MS = 10_000;

type Performance = { database: { active_connections: number; pool_size: number } };

/**
 * Asks the instance how many of its connections are in use right now; `stop` answers their mean share, null when it does
 * not tell. The share of the last minute that it also tells would be one of other targets too.
 */
export function watchPool(url: string, cookie: string): { stop: () => Promise<number | null> } {
  const seen: number[] = [];
  let asking: Promise<void> | undefined;
  const ask = async () => {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const answer = await fetch(`${url}/metrics/performance`, { headers: { Cookie: cookie }, signal });
    if (!answer.ok) return;
    const { database } = (await answer.json()) as Performance;
    if (database.pool_size > 0) seen.push(database.active_connections / database.pool_size);
  };
  const timer = setInterval(() => {
    asking ??= ask()
      .catch(() => {})
      .finally(() => {
        asking = undefined;
      });
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await asking;
      return seen.length === 0 ? null : seen.reduce((sum, share) => sum + share, 0) / seen.length;
    },
  };
}
