import type { Column } from "@/components/data-table/column";
import { Badge } from "@/components/ui/badge";
import type { RunRow } from "./run-row";

const dash = <span className="text-muted">–</span>;

export const runColumns: Column<RunRow>[] = [
  {
    id: "started",
    descendingFirst: true,
    phone: "title",
    cell: (run) => (
      <time dateTime={run.started.iso} className="font-medium">
        {run.started.exact}
      </time>
    ),
  },
  { id: "state", phone: "title", cell: (run) => <Badge tone={run.state.tone}>{run.state.label}</Badge> },
  { id: "asker", cell: (run) => run.asker },
  { id: "scope", cell: (run) => run.scope },
  { id: "window", phone: "hidden", cell: (run) => run.window },
  { id: "synced", number: true, cell: (run) => run.synced ?? dash },
  { id: "failed", number: true, cell: (run) => (run.failed ? <span className="text-bad">{run.failed}</span> : dash) },
  { id: "skipped", number: true, phone: "hidden", cell: (run) => run.skipped ?? dash },
  { id: "daysWritten", number: true, phone: "hidden", cell: (run) => run.daysWritten },
  { id: "duration", number: true, phone: "hidden", cell: (run) => run.duration ?? dash },
];
