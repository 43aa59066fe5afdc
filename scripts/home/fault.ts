/** Something the person at the terminal can mend: printed as its one sentence, never with a stack trace. */
export class Fault extends Error {
  override name = "Fault";
}

/** The sentence of an error a person can mend, or null for a defect of ours. */
export function sentenceOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return error.name === "Fault" || error.name === "ConfigurationError" ? error.message : null;
}

/**
 * Runs a command to its end. A Fault ends the process with its sentence and code 1; anything else is a defect of ours
 * and keeps its stack trace.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(sentenceOf(error) ?? error);
    process.exitCode = 1;
  }
}
