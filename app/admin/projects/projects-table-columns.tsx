import type { Column } from "@/components/data-table/column";
import { PROJECT_TONES } from "@/components/project/words";
import { Badge } from "@/components/ui/badge";
import type { ProjectStatus } from "@/db/enums";

/** A project as the table shows one: every number and date in words already, so that server and browser agree. */
export type ProjectRow = {
  id: number;
  name: string;
  batch: string;
  status: ProjectStatus;
  starts: string;
  ends: string | null;
  students: string;
  completed: string;
  happyHour: string | null;
};

const dash = <span className="text-muted">–</span>;

export const projectColumns: Column<ProjectRow>[] = [
  { id: "name", phone: "title", cell: (project) => <span className="font-medium">{project.name}</span> },
  { id: "batch", phone: "line", cell: (project) => project.batch },
  { id: "status", cell: (project) => <Badge tone={PROJECT_TONES[project.status]}>{project.status}</Badge> },
  { id: "starts", descendingFirst: true, number: true, phone: "hidden", cell: (project) => project.starts },
  { id: "ends", descendingFirst: true, number: true, phone: "hidden", cell: (project) => project.ends ?? dash },
  { id: "students", number: true, cell: (project) => project.students },
  { id: "completed", number: true, phone: "hidden", cell: (project) => project.completed },
  { id: "happyHour", phone: "hidden", cell: (project) => project.happyHour ?? dash },
];
