/**
 * An error for the log. Drizzle writes parameter values into its messages, so of a failed statement only the database's
 * own words are kept, and never its parameters.
 */
export function describeError(error: unknown): { error: string; stack?: string | undefined } {
  if (!(error instanceof Error)) return { error: String(error) };
  if ("query" in error && error.cause instanceof Error) return describeError(error.cause);
  const frames = error.stack?.split("\n").filter((line) => line.trimStart().startsWith("at "));
  return { error: `${error.name}: ${error.message}`, stack: frames?.slice(0, 12).join("\n") };
}

/** What Postgres said, where it was Postgres that refused; undefined of any other error. */
export function wordsOfDatabase(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.name === "PostgresError") return current.message;
  }
  return undefined;
}

/** The same error for somebody who keeps what is thrown, such as a queue: in its own words and place, but no values. */
export function withoutValues(error: unknown): Error {
  const { error: words, stack } = describeError(error);
  const told = new Error(words);
  told.stack = stack ? `${words}\n${stack}` : words;
  return told;
}
