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
