const TICK_MS = 10_000;

/** Seconds for a person: 0.4 s, 12.3 s, 1 min 4 s. */
export function seconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Runs one step of the start with its name, a sign of life every ten seconds and its time. What `work` returns as a
 * text is shown beside the time.
 */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  console.log(`→ ${name} …`);
  const ticker = setInterval(() => console.log(`  … ${name}, ${seconds(Date.now() - started)} so far`), TICK_MS);
  try {
    const result = await work();
    const detail = typeof result === "string" ? `: ${result}` : "";
    console.log(`✓ ${name}${detail} (${seconds(Date.now() - started)})`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
