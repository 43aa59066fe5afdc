import type { Column } from "@/components/data-table/column";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import type { BatchState, KeyState } from "@/db/enums";
import { KEY_STATE_WORDS } from "@/lib/lists/words";
import { BATCH_TONES, KEY_TONES } from "./batch-words";

/** A batch as the table shows one: every number and date in words already, so that server and browser agree. */
export type BatchRow = {
  id: number;
  name: string;
  starts: string;
  ends: string;
  progress: string;
  /** Of its days, how much is over; null unless it runs. */
  share: number | null;
  students: string;
  capacity: string | null;
  median: string | null;
  missing: string | null;
  instructors: string[];
  state: BatchState;
  keyState: KeyState;
  /** Null for whoever may not see it. */
  registrationKey: string | null;
};

const dash = <span className="text-muted">–</span>;

export const batchColumns: Column<BatchRow>[] = [
  { id: "name", phone: "title", cell: (batch) => <span className="font-medium">{batch.name}</span> },
  { id: "start", descendingFirst: true, cell: (batch) => batch.starts },
  { id: "end", descendingFirst: true, cell: (batch) => batch.ends },
  {
    id: "progress",
    phone: "line",
    cell: (batch) => (
      <>
        <span className={batch.share === null ? "text-muted" : undefined}>{batch.progress}</span>
        {batch.share === null ? null : (
          <span className="mt-0.5 block h-0.5 bg-sunken max-sm:hidden" aria-hidden="true">
            <span className="block h-full bg-accent" style={{ width: `${batch.share * 100}%` }} />
          </span>
        )}
      </>
    ),
  },
  {
    id: "students",
    number: true,
    cell: (batch) => (
      <>
        {batch.students}
        {batch.capacity === null ? null : <span className="text-muted"> / {batch.capacity}</span>}
      </>
    ),
  },
  { id: "capacity", number: true, phone: "hidden", cell: (batch) => batch.capacity ?? dash },
  {
    id: "median",
    number: true,
    phone: "line",
    cell: (batch) => (
      <>
        {batch.median ?? dash}
        {batch.missing ? <span className="label sm:block max-sm:ml-1.5">{batch.missing}</span> : null}
      </>
    ),
  },
  {
    id: "instructors",
    phone: "line",
    cell: (batch) =>
      batch.instructors.length > 0 ? (
        <span title={batch.instructors.join(", ")}>{batch.instructors.join(", ")}</span>
      ) : (
        <span className="text-muted">nobody</span>
      ),
  },
  { id: "state", cell: (batch) => <Badge tone={BATCH_TONES[batch.state]}>{batch.state}</Badge> },
  {
    id: "key",
    cell: (batch) => (
      <span className="inline-flex items-center gap-1.5">
        <Badge tone={KEY_TONES[batch.keyState]}>{KEY_STATE_WORDS[batch.keyState]}</Badge>
        {batch.registrationKey && batch.keyState === "open" ? (
          <CopyButton text={batch.registrationKey} label={`Copy the key of ${batch.name}`} />
        ) : null}
      </span>
    ),
  },
];
