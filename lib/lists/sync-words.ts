type Scope = { batchName: string | null; studentName: string | null };

/** Of whom a run is. */
export const scopeWords = ({ batchName, studentName }: Scope): string => studentName ?? batchName ?? "everybody";

type Asker = { isNightly: boolean; actorName: string | null; actorJob: string | null };

const ASKING_JOBS: Record<string, string> = { "sync-command": "command line" };

/** Who asked for a run. */
export const askerWords = ({ isNightly, actorName, actorJob }: Asker): string =>
  actorName ?? (isNightly ? "nightly" : actorJob ? (ASKING_JOBS[actorJob] ?? actorJob) : "unknown");
