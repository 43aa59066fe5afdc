type Cleanup = { name: string; run: () => Promise<void> | void };

const cleanups: Cleanup[] = [];
let stopping: Promise<void> | undefined;

/** Registers what has to be undone when we end; undone in the reverse order. */
export function onStop(name: string, run: () => Promise<void> | void): void {
  cleanups.push({ name, run });
}

export const isStopping = () => stopping !== undefined;

/** Undoes everything once, however often it is asked. A cleanup that fails does not keep the others from running. */
export function stopEverything(): Promise<void> {
  stopping ??= (async () => {
    while (cleanups.length > 0) {
      const cleanup = cleanups.pop() as Cleanup;
      try {
        await cleanup.run();
      } catch (error) {
        console.error(`While stopping the ${cleanup.name}: ${(error as Error).message}`);
      }
    }
  })();
  return stopping;
}

/** Ctrl-C, a terminal that closes, a service manager, a parent that was killed: all end everything, with code 0. */
export function stopOnSignals(): void {
  const stop = () => {
    if (!isStopping()) console.log("\nStopping …");
    stopEverything().then(() => {
      process.exit(0);
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  if (process.channel) {
    process.once("disconnect", stop);
    process.channel.unref();
  }
}
