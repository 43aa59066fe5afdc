import { type FreshnessWords, freshnessOf } from "@/components/coding/freshness-words";
import { outcomeWords, reasonWords } from "@/components/coding/sync-words";
import type { Tone } from "@/components/ui/badge";
import type { SyncStudentRow } from "@/db/queries/sync-student-list";
import { formatInstant } from "@/lib/format";

/** A connected student in the words of the table. */
export type StudentRow = {
  id: number;
  name: string;
  batch: string | null;
  freshness: FreshnessWords;
  lastSynced: string | null;
  lastOutcome: { label: string; tone: Tone } | null;
  lastError: string | null;
};

export function toStudentRow(row: SyncStudentRow, now: Date): StudentRow {
  const outcome = row.lastOutcome && outcomeWords[row.lastOutcome];
  return {
    id: row.id,
    name: row.name,
    batch: row.batchName,
    freshness: freshnessOf(row, now),
    lastSynced: row.lastSyncedAt && formatInstant(new Date(row.lastSyncedAt)),
    lastOutcome: outcome && { label: outcome.label, tone: outcome.tone },
    lastError: reasonWords(row.lastError),
  };
}
