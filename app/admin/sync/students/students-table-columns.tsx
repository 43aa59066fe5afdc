import { Freshness } from "@/components/coding/freshness";
import type { Column } from "@/components/data-table/column";
import { Badge } from "@/components/ui/badge";
import type { StudentRow } from "./student-row";

const dash = <span className="text-muted">–</span>;

export const studentColumns: Column<StudentRow>[] = [
  { id: "name", phone: "title", cell: (student) => <span className="font-medium">{student.name}</span> },
  { id: "batch", phone: "hidden", cell: (student) => student.batch ?? dash },
  { id: "freshness", phone: "line", cell: (student) => <Freshness words={student.freshness} badge /> },
  { id: "synced", phone: "hidden", cell: (student) => student.lastSynced ?? dash },
  {
    id: "outcome",
    phone: "line",
    cell: (student) =>
      student.lastOutcome ? <Badge tone={student.lastOutcome.tone}>{student.lastOutcome.label}</Badge> : dash,
  },
  {
    id: "error",
    phone: "hidden",
    cell: (student) => (student.lastError ? <span title={student.lastError}>{student.lastError}</span> : dash),
  },
];
