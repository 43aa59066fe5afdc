const EVERY_MS = 500;

type Performance = { database?: { pool_utilization?: number } };

/** Asks the instance how much of its pool is in use; `stop` answers the highest share seen, null when it does not tell. */
export function watchPool(url: string, cookie: string): { stop: () => Promise<number | null> } {
  const seen: number[] = [];
  let asking: Promise<void> | undefined;
  const ask = async () => {
    const answer = await fetch(`${url}/metrics/performance`, { headers: { Cookie: cookie } }).catch(() => null);
    if (!answer?.ok) return;
    const { database } = (await answer.json()) as Performance;
    // Told in percent.
    if (database?.pool_utilization !== undefined) seen.push(database.pool_utilization / 100);
  };
  const timer = setInterval(() => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await asking;
      return seen.length === 0 ? null : Math.max(...seen);
    },
  };
}
