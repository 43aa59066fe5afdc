import type { DryRun } from "@/lib/roster/dry-run";
import type { RosterMapping } from "@/lib/roster/fields";
import type { VerdictKind } from "@/lib/roster/verdict-kinds";
import type { Delimiter, Encoding } from "@/lib/roster/words";

/** What is to be imported: read once, so that what is applied is what was looked at. */
export type Source = { content: Blob; name: string };

/** How the person wants it read; what is not said is guessed. */
export type Reading = { encoding?: Encoding; delimiter?: Delimiter; mapping?: RosterMapping; batchId: number | null };

export type Applied = { outcome: "applied"; counts: Record<VerdictKind, number>; invited: number };
export type ApplyAnswer = Applied | { outcome: "changed-meanwhile"; dryRun: DryRun };

type Answer<T> = { ok: true; data: T } | { ok: false; message: string };

const UNREACHABLE = "The server could not be reached. Please try again.";

async function send<T>(path: string, source: Source, options: object, signal?: AbortSignal): Promise<Answer<T>> {
  const body = new FormData();
  body.set("options", JSON.stringify({ ...options, label: source.name }));
  body.set("file", source.content);
  try {
    const response = await fetch(path, { method: "POST", body, ...(signal && { signal }) });
    const answer = await response.json();
    return response.ok ? { ok: true, data: answer } : { ok: false, message: answer.message ?? UNREACHABLE };
  } catch {
    return { ok: false, message: UNREACHABLE };
  }
}

export const checkRoster = (source: Source, reading: Reading, signal: AbortSignal) =>
  send<DryRun>("/api/roster/check", source, reading, signal);

/** Sends how the dry run read the file, not how it might be guessed by now. */
export const applyRoster = (source: Source, reading: Reading, { file, digest }: DryRun, invite: boolean) =>
  send<ApplyAnswer>("/api/roster/apply", source, {
    ...reading,
    ...{ encoding: file.encoding, delimiter: file.delimiter, mapping: file.mapping },
    ...{ digest, invite },
  });
